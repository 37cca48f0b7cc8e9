namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>How far a backfill in the worker is.</summary>
internal enum BackfillState
{
    Running,

    /// <summary>Every question was asked, whatever came of it.</summary>
    Done,

    /// <summary>The worker was told to stop; given again within the hour it goes on where it was broken off.</summary>
    Stopped,

    /// <summary>The ledger could not be used, or something that was not foreseen; the log says what.</summary>
    Failed,
}
