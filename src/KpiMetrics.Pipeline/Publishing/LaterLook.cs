using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Looks whether fields that were deleted came back (<see cref="DeletionLooks"/>), and marks the points of which some did.</summary>
/// <remarks>
/// Only what is there against the ledger's word is published again; a point that was reported anew since may have what it has. A store that cannot be asked
/// is believed.
/// </remarks>
internal sealed class LaterLook(IOutbox outbox, IPointWriter influx, TimeZoneInfo zone)
{
    // What is left is for the next turn: changes do not wait for it.
    private const int PointsAtOnce = 2000;

    public async Task LookAsync(PublishTurn turn, SeriesGraph graph, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var points = await outbox.NextDeletedAsync(at, PointsAtOnce, cancellationToken);
        if (points.Count == 0)
            return;
        // Of a series that left the catalog nothing is known; verifying says what InfluxDB has of it.
        var known = points.Where(point => graph.FormulaOf(point.Series) is not null).ToList();
        var addresses = known.Select(point => AddressOf(point, graph)).OfType<PointAddress>().ToList();
        var found = await influx.LookAsync(addresses, cancellationToken);
        var back = known
            .Zip(found ?? [])
            .Where(one => (one.Second & ~(PointFields)one.First.Fields) != PointFields.None)
            .Select(one => new PublishedPoint(one.First.SeriesId, one.First.Period, PublishedPoint.AnyField))
            .ToList();
        if (back.Count > 0)
            await outbox.MarkAgainAsync(back, "deleted and back", at, cancellationToken);
        await outbox.LookedAtAsync(turn.Lease, points, at, cancellationToken);
    }

    private PointAddress? AddressOf(DeletedPoint point, SeriesGraph graph) =>
        graph.FormulaOf(point.Series) is { } formula
            ? new PointBuilder(point.Series, formula, zone).AddressOf(point.Period)
            : null;
}
