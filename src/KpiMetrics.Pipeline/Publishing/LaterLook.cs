using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Looks whether fields that were deleted came back (<see cref="DeletionLooks"/>), and marks the points of which some did.</summary>
/// <remarks>
/// Only what is there against the ledger's word is published again; a point that was reported anew since may have what it has. A store that cannot be asked
/// is believed; one that cannot answer now is asked again later, and holds up nothing.
/// </remarks>
internal sealed class LaterLook(IOutbox outbox, IPointWriter influx, TimeZoneInfo zone)
{
    // What is left is for the next turn.
    private const int PointsAtOnce = 2000;

    /// <returns>Whether anything came back, and waits to be published again.</returns>
    public async Task<bool> LookAsync(PublishTurn turn, SeriesGraph graph, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var points = await outbox.NextDeletedAsync(at, PointsAtOnce, cancellationToken);
        if (points.Count == 0)
            return false;
        // Of a series that left the catalog nothing is known; verifying says what InfluxDB has of it.
        var known = points.Where(point => graph.FormulaOf(point.Series) is not null).ToList();
        var addresses = known.Select(point => AddressOf(point, graph)).OfType<PointAddress>().ToList();
        IReadOnlyList<PointFields>? found;
        try
        {
            found = await influx.LookAsync(addresses, cancellationToken);
        }
        catch (InfluxUnavailableException)
        {
            // Whether it is away is for those to say who write; a store may also fail to answer this alone.
            await outbox.PutOffLooksAsync(turn.Lease, at, at + DeletionLooks.Again, cancellationToken);
            return false;
        }
        var back = known
            .Zip(found ?? [])
            .Where(one => (one.Second & ~(PointFields)one.First.Fields) != PointFields.None)
            .Select(one => new PublishedPoint(one.First.SeriesId, one.First.Period, PublishedPoint.AnyField))
            .ToList();
        if (back.Count > 0)
            await outbox.MarkAgainAsync(back, "deleted and back", at, cancellationToken);
        await outbox.LookedAtAsync(turn.Lease, points, at, cancellationToken);
        return back.Count > 0;
    }

    private PointAddress? AddressOf(DeletedPoint point, SeriesGraph graph) =>
        graph.FormulaOf(point.Series) is { } formula
            ? new PointBuilder(point.Series, formula, zone).AddressOf(point.Period)
            : null;
}
