using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Sources that fail: one alert for a source and set, however many figures are late by it. Closed by an answer to each of its duties.</summary>
public sealed class SourceAlerts(IAlertGrounds grounds, IAskings askings, TimeZoneInfo zone) : IAlertProvider
{
    public bool Knows(AlertKind kind) => kind == AlertKind.SourceFailing;

    public async Task<IReadOnlyList<Concern>> ReadAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var failing = await grounds.ReadFailingSourcesAsync(cancellationToken);
        return
        [
            .. failing.Select(one => new Concern(
                AlertKeys.OfSource(one.Source, one.Set),
                AlertKind.SourceFailing,
                one.Failing == one.Duties ? AlertSeverity.Critical : AlertSeverity.Warning,
                $"Nguồn {one.Source} không cung cấp được số liệu ({one.Failing}/{one.Duties} nhiệm vụ): {one.Outcome}",
                one.Since,
                one.Set
            )
            {
                Source = one.Source,
            }),
        ];
    }

    public async Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        IReadOnlyCollection<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var keys = unseen.Select(alert => alert.Key).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        foreach (var source in await askings.SummarizeAskingsAsync(cancellationToken))
        {
            var key = AlertKeys.OfSource(source.Source, source.Set);
            if (source is { Failing: 0, AnsweredAt: { } answered } && keys.Contains(key))
                found[key] = new(answered, $"Nguồn đã trả lời lúc {LocalText.Of(answered, zone)}");
        }
        return found;
    }
}
