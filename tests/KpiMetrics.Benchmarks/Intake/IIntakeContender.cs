namespace KpiMetrics.Benchmarks.Intake;

/// <summary>Somebody who takes reports into a store.</summary>
internal interface IIntakeContender
{
    /// <summary>Makes an empty store for the next turn; not timed.</summary>
    Task StartTurnAsync();

    /// <param name="report">0: rows that are new, 1: the same keys with other values.</param>
    Task TakeAsync(int report);
}
