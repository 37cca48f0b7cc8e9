using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>
/// Sources that fail: one alert for a source and set, however many figures are late by it. Closed by an answer to each of its duties, or by a configuration that
/// asks it no more for those that it failed.
/// </summary>
/// <param name="isAsked">True for a duty that the source with the name is asked for, if the catalog has it.</param>
public sealed class SourceAlerts(
    CatalogSnapshot catalog,
    IAlertGrounds grounds,
    Func<string, Duty, bool> isAsked,
    TimeZoneInfo zone
) : IAlertProvider
{
    public bool Knows(AlertKind kind) => kind == AlertKind.SourceFailing;

    public async Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var asked = await grounds.ReadAskedDutiesAsync(cancellationToken);
        return
        [
            .. from one in asked
            where one.Duty.Set == set && IsAsked(one)
            group one by (one.Source, one.Duty.Set) into source
            where source.Any(one => one.Fault is not null)
            select Of(source.Key.Source, source.Key.Set, [.. source]),
        ];
    }

    public async Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        IReadOnlyCollection<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var asked = (await grounds.ReadAskedDutiesAsync(cancellationToken)).ToLookup(
            one => AlertKeys.OfSource(one.Source, one.Duty.Set),
            StringComparer.Ordinal
        );
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        foreach (var alert in unseen)
        {
            if (EvidenceOf(alert, [.. asked[alert.Key]], at) is { } evidence)
                found[alert.Key] = evidence;
        }
        return found;
    }

    private Evidence? EvidenceOf(Alert alert, List<AskedDuty> asked, DateTimeOffset at)
    {
        var failing = asked.FindAll(one => one.Fault is not null);
        if (failing.Exists(IsAsked))
            return null;
        var answered = asked.Max(one => one.AnsweredAt);
        var reply = answered is { } instant ? $"Nguồn đã trả lời lúc {LocalText.Of(instant, zone)}" : "";
        if (failing.Count == 0 && answered is { } last && !(last <= alert.DoubtedAt))
            return new(last, reply);
        // Somebody opened it again since: it waits for another answer, as long as one can come.
        if (failing.Count == 0 && (asked.Count == 0 || asked.Exists(IsAsked)))
            return null;
        var opened = alert.CountsFrom > alert.FiredAt ? alert.CountsFrom : alert.FiredAt;
        return new(
            at,
            failing.Count > 0 && answered > opened
                ? $"{reply}; cấu hình không còn hỏi những số liệu khác mà nguồn không cung cấp được"
                : $"Cấu hình không còn hỏi nguồn {alert.Concern.Source} những số liệu này"
        );
    }

    private bool IsAsked(AskedDuty one) =>
        catalog.FindIndicator(one.Duty.Set, one.Duty.Indicator) is { } indicator
        && indicator.AllFrequencies.Contains(one.Duty.Frequency)
        && isAsked(one.Source, one.Duty);

    private static Concern Of(string source, string set, List<AskedDuty> asked)
    {
        var failing = asked.FindAll(one => one.Fault is not null);
        var last = failing.MaxBy(one => one.AskedAt);
        return new(
            AlertKeys.OfSource(source, set),
            AlertKind.SourceFailing,
            failing.Count == asked.Count ? AlertSeverity.Critical : AlertSeverity.Warning,
            $"Nguồn {source} không cung cấp được số liệu ({failing.Count}/{asked.Count} nhiệm vụ): {last?.Fault}",
            asked.Max(one => one.AnsweredAt) ?? failing.Min(one => one.FirstAskedAt),
            set
        )
        {
            Source = source,
        };
    }
}
