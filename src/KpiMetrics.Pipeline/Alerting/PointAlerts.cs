using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Points that InfluxDB refused, the newest thousand. Closed when the ledger keeps the refusal no longer, as it does once the point went through.</summary>
public sealed class PointAlerts(CatalogSnapshot catalog, IAlertGrounds grounds) : IAlertProvider
{
    private const int Most = 1000;

    public bool Knows(AlertKind kind) => kind == AlertKind.PointRefused;

    public async Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken) =>
        [.. (await grounds.ReadRefusedFiguresAsync(Most, cancellationToken)).Where(one => one.Series.Set == set).Select(Of)];

    public async Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        IReadOnlyCollection<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        if (unseen.Count == 0)
            return found;
        var refused = await grounds.ReadRefusedFiguresAsync(int.MaxValue, cancellationToken);
        var still = refused.Select(one => AlertKeys.OfPoint(one.Series, one.Period)).ToHashSet(StringComparer.Ordinal);
        foreach (var alert in unseen.Where(alert => !still.Contains(alert.Key)))
            found[alert.Key] = new(at, "InfluxDB đã nhận số liệu");
        return found;
    }

    private Concern Of(RefusedFigure one)
    {
        var (set, indicator, code, _, areaId, _) = one.Series;
        var measure = catalog.FindMeasure(set, code)?.Measure.Name ?? code;
        var area = catalog.FindAreaById(areaId)?.FullName ?? areaId;
        return new(
            AlertKeys.OfPoint(one.Series, one.Period),
            AlertKind.PointRefused,
            AlertSeverity.Warning,
            $"InfluxDB từ chối số liệu: {measure}, {area}, kỳ {one.Period}: {one.Reason}",
            one.RefusedAt,
            set
        )
        {
            Indicator = indicator,
            Measure = code,
            Period = one.Period,
            Area = areaId,
        };
    }
}
