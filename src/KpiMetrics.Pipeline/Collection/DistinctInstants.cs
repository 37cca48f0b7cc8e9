namespace KpiMetrics.Pipeline.Collection;

/// <summary>Gives each report an instant of its own: of two figures received at once, neither would be the correction.</summary>
/// <remarks>The ledger keeps milliseconds. A clock that steps back is held up until it has caught up.</remarks>
internal sealed class DistinctInstants
{
    private readonly Lock gate = new();
    private DateTimeOffset last = DateTimeOffset.MinValue;

    /// <summary>The instant, or the first millisecond after the last one given.</summary>
    public DateTimeOffset Next(DateTimeOffset at)
    {
        lock (gate)
        {
            var next = last.AddMilliseconds(1);
            return last = at > next ? at : next;
        }
    }
}
