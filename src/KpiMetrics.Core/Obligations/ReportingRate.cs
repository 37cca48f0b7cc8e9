namespace KpiMetrics.Core.Obligations;

/// <summary>How much of what was due came, and came in time.</summary>
/// <param name="Expected">Obligations that were due by the instant and not waived.</param>
/// <param name="Received">Those of them that were complete by then; at most <paramref name="Expected"/>.</param>
/// <param name="OnTime">Those that were complete when due; at most <paramref name="Received"/>.</param>
public readonly record struct ReportingRate(int Expected, int Received, int OnTime)
{
    /// <summary>Percent, 0..100; null where nothing was due.</summary>
    public decimal? ReceivedPercent => Percent(Received);

    /// <summary>Percent, 0..100; null where nothing was due.</summary>
    public decimal? OnTimePercent => Percent(OnTime);

    public ReportingRate With(Obligation obligation, DateTimeOffset at)
    {
        if (obligation.VoidAt <= at || obligation.IsWaived(at) || !obligation.IsDueAt(at))
            return this;
        return obligation.StateAt(at) switch
        {
            ObligationState.Received => new(Expected + 1, Received + 1, OnTime + 1),
            ObligationState.ReceivedLate => new(Expected + 1, Received + 1, OnTime),
            _ => new(Expected + 1, Received, OnTime),
        };
    }

    private decimal? Percent(int part) => Expected == 0 ? null : 100m * part / Expected;
}
