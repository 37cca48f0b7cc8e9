using KpiMetrics.Faults.Checking;

namespace KpiMetrics.Faults.Running;

/// <summary>What goes wrong while the offices report.</summary>
internal interface IScenario
{
    /// <summary>What it measured, by name; complete when it has run.</summary>
    IReadOnlyDictionary<string, object> Figures { get; }

    /// <summary>Lets it go wrong, and mends everything.</summary>
    Task RunAsync(Losses losses, CancellationToken cancellationToken);
}
