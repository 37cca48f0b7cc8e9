using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>What is past due and not all there. Closed by the value, or by who says that it is due later or need not be.</summary>
/// <remarks>Where the source of the figures did not answer (<see cref="Blaming"/>), the outage holds it back: the office did nothing wrong.</remarks>
/// <param name="isPulled">True for an indicator of a set that some source is asked for.</param>
public sealed class LateAlerts(
    CatalogSnapshot catalog,
    IAlertGrounds grounds,
    IObligations obligations,
    Func<string, string, bool> isPulled,
    TimeZoneInfo zone
) : IAlertProvider
{
    public bool Knows(AlertKind kind) => kind is AlertKind.Overdue or AlertKind.Missing or AlertKind.Incomplete;

    public async Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // A deadline lasts to the end of its second.
        var late = await grounds.ReadDueAsync(set, null, at.AddSeconds(-1), cancellationToken);
        return [.. late.Select(one => Of(one, at))];
    }

    public async Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        IReadOnlyCollection<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, Evidence>(StringComparer.Ordinal);
        var groups =
            from alert in unseen
            let of = alert.Concern
            where of.Period is not null && of.Area is not null
            group of.Area ?? "" by (of.Set, of.Indicator, of.Period);
        foreach (var group in groups)
        {
            var (set, indicator, period) = group.Key;
            var query = new ObligationQuery(
                set,
                indicator,
                group.ToHashSet(StringComparer.Ordinal),
                period?.Frequency,
                period,
                period,
                WithVoid: true
            );
            await foreach (var obligation in obligations.ReadAsync(query, cancellationToken))
            {
                if (obligation.Period == period && EvidenceOf(obligation, at) is { } evidence)
                    found[AlertKeys.OfObligation(obligation.Duty, obligation.Period, obligation.Area)] = evidence;
            }
        }
        return found;
    }

    private Concern Of(OpenObligation one, DateTimeOffset at)
    {
        var isMissing = at >= one.Due + one.Grace + TimeSpan.FromSeconds(1);
        var kind =
            one.FirstAt <= at ? AlertKind.Incomplete
            : isMissing ? AlertKind.Missing
            : AlertKind.Overdue;
        var (set, indicator) = (one.Duty.Set, one.Duty.Indicator);
        return new(
            AlertKeys.OfObligation(one.Duty, one.Period, one.Area),
            kind,
            isMissing ? AlertSeverity.Critical : AlertSeverity.Warning,
            $"{Word(kind)}: {ReportText.Of(catalog, one)} ({one.Agency})",
            one.Due,
            set
        )
        {
            Indicator = indicator,
            Period = one.Period,
            Area = one.Area,
            Agency = one.Agency,
            HeldBy = one.Unanswered is { } source && isPulled(set, indicator) ? AlertKeys.OfSource(source, set) : null,
        };
    }

    // The view v_alerts says it in the same words.
    private static string Word(AlertKind kind) =>
        kind switch
        {
            AlertKind.Incomplete => "Chưa đủ chỉ tiêu",
            AlertKind.Missing => "Thiếu báo cáo",
            _ => "Quá hạn báo cáo",
        };

    private Evidence? EvidenceOf(Obligation obligation, DateTimeOffset at)
    {
        if (obligation.CompleteAt is { } complete && complete <= at)
            return new(complete, $"Đã nhận đủ số liệu lúc {LocalText.Of(complete, zone)}");
        if (obligation.VoidAt is { } gone && gone <= at)
            return new(gone, $"Không còn phải báo cáo từ {LocalText.Of(gone, zone)}");
        if (obligation.IsWaived(at))
        {
            var waiver = obligation.Exemptions.Last(one => one.At <= at && one.Kind == ExemptionKind.Waiver);
            return new(waiver.At, $"Được miễn báo cáo: {waiver.Why} ({waiver.Who})");
        }
        if (obligation.IsLateAt(at))
            return null;
        var extension = obligation.Exemptions.LastOrDefault(one => one.At <= at && one.Kind == ExemptionKind.Extension);
        return extension is { Until: { } until }
            ? new(extension.At, $"Được gia hạn đến {LocalText.Of(until, zone)}: {extension.Why} ({extension.Who})")
            : null;
    }
}
