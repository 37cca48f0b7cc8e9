using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>What the checks found and still find. Closed by a check that no longer finds it.</summary>
public sealed class FindingAlerts(CatalogSnapshot catalog, IFindings findings, IAlertGrounds grounds, TimeZoneInfo zone)
    : IAlertProvider
{
    public bool Knows(AlertKind kind) => kind is AlertKind.Contradiction or AlertKind.Disagreement or AlertKind.Anomaly;

    /// <summary>Of what a finding is a sign, by its code. The function <c>finding_sign</c> of the views says the same.</summary>
    public static AlertKind KindOf(string code) =>
        code switch
        {
            "sources-differ" => AlertKind.Disagreement,
            "at-most" or "cumulative-fall" or "not-computable" => AlertKind.Contradiction,
            _ when code.StartsWith("identity-", StringComparison.Ordinal) => AlertKind.Contradiction,
            _ when code.StartsWith("reconcile-", StringComparison.Ordinal) => AlertKind.Contradiction,
            _ => AlertKind.Anomaly,
        };

    public async Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = new List<Concern>();
        if (catalog.FindSet(set) is null)
            return found;
        await foreach (var finding in findings.ReadFindingsAsync(set, onlyFiring: true, cancellationToken))
            found.Add(Of(finding));
        return found;
    }

    public async Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        IReadOnlyCollection<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var ids = unseen.Select(alert => AlertKeys.FindingOf(alert.Key)).OfType<long>().ToList();
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        foreach (var finding in await grounds.FindFindingsAsync(ids, cancellationToken))
        {
            if (finding.ResolvedAt is { } resolved)
                found[AlertKeys.OfFinding(finding.Id)] = new(
                    resolved,
                    $"Kiểm tra lúc {LocalText.Of(resolved, zone)} không còn thấy: số liệu đã được sửa hoặc đã khớp"
                );
        }
        return found;
    }

    private Concern Of(KeptFinding finding)
    {
        var (set, indicator, measure) = (finding.Series.Set, finding.Series.Indicator, finding.Series.Measure);
        return new(
            AlertKeys.OfFinding(finding.Id),
            KindOf(finding.Code),
            AlertSeverity.Warning,
            finding.Sentence,
            finding.FoundAt,
            set
        )
        {
            Indicator = indicator,
            Measure = measure,
            Period = finding.Period,
            Area = finding.Series.Area,
            Agency = catalog.FindMeasure(set, measure)?.Measure.Agency ?? catalog.FindIndicator(set, indicator)?.Agency,
            Source = finding.Source.Length > 0 ? finding.Source : null,
        };
    }
}
