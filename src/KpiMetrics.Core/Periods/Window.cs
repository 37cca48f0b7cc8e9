namespace KpiMetrics.Core.Periods;

/// <summary>The span of time a period covers under a regime: from <see cref="Start"/> up to, not including, <see cref="End"/>, by the local clock.</summary>
public readonly record struct Window(DateTime Start, DateTime End)
{
    public DateOnly FirstDay => DateOnly.FromDateTime(Start);

    public DateOnly LastDay => DateOnly.FromDateTime(End.AddTicks(-1));

    /// <summary>The instant at which the window opens in <paramref name="zone"/>.</summary>
    public DateTimeOffset OpensAt(TimeZoneInfo zone) => Instant(Start, zone);

    /// <summary>The instant at which the window has just closed in <paramref name="zone"/>.</summary>
    public DateTimeOffset ClosesAt(TimeZoneInfo zone) => Instant(End, zone);

    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(local));
}
