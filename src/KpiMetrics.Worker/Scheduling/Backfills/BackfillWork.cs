namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>Asks the questions in their order and takes what is answered.</summary>
/// <param name="progress">Told after every question.</param>
public delegate Task<BackfillResult> BackfillWork(
    IReadOnlyList<BackfillQuestion> questions,
    IProgress<BackfillProgress> progress,
    CancellationToken cancellationToken
);
