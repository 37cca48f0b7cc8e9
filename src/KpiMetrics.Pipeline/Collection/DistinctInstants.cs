namespace KpiMetrics.Pipeline.Collection;

/// <summary>Gives each report an instant of its own: of two figures received at once, neither would be the correction.</summary>
/// <remarks>
/// The ledger keeps milliseconds. A clock that steps back a little is held up until it has caught up; one that is set back is followed, as nothing may
/// be received in the future: of each figure the ledger itself keeps the order.
/// </remarks>
internal sealed class DistinctInstants
{
    private static readonly TimeSpan Little = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private DateTimeOffset last = DateTimeOffset.MinValue;

    /// <summary>The instant, or the first millisecond after the last one given.</summary>
    public DateTimeOffset Next(DateTimeOffset at)
    {
        lock (gate)
        {
            var next = last.AddMilliseconds(1);
            return last = at > next || at < last - Little ? at : next;
        }
    }
}
