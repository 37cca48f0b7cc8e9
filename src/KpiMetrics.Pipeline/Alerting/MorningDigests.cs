using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>The digests of the morning, as long as they are told: a pure function of the ledger and the instant, so that a restart sends nothing twice.</summary>
/// <param name="isPulled">True for an indicator of a set that some source is asked for: nobody has to report it, so nobody is reminded.</param>
public sealed class MorningDigests(
    CatalogSnapshot catalog,
    IAlertGrounds grounds,
    Func<string, string, bool> isPulled,
    TimeZoneInfo zone
)
{
    /// <summary>For how long after 07:30 they are sent to an Alertmanager that was away.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromHours(4);

    // Longer than any lead, and a weekend.
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(9);

    /// <param name="live">All alerts that are open.</param>
    public async Task<IReadOnlyList<Digest>> ReadAsync(
        IReadOnlyList<Alert> live,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var morning = Mornings.Last(at, catalog.Calendar, zone);
        if (at >= morning + Told)
            return [];
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(morning, zone).DateTime);
        var next = Mornings.On(catalog.Calendar.AddWorkingDays(day, 1), zone);
        // After the last morning before Tết the next one is further ahead than any lead.
        var until = next > morning + Ahead ? next : morning + Ahead;
        var coming = await grounds.ReadDueAsync(null, morning, until, cancellationToken);
        var reminders =
            from one in coming
            // What is reported every day is nobody's to be reminded of every day.
            where one.Duty.Frequency >= Frequency.Week && (one.Due - one.Lead <= morning || one.Due <= next)
            where !isPulled(one.Duty.Set, one.Duty.Indicator)
            select new Reminder(one.Duty.Set, one.Agency, ReportText.Of(catalog, one), one.Due) { Area = one.Area };
        // A set prints one office now so, now so; it goes by one name, or it would be told twice.
        var printed = catalog
            .Sets.SelectMany(set => AgencyDoor.All(set))
            .DistinctBy(PrintedText.Folded, StringComparer.Ordinal)
            .ToDictionary(PrintedText.Folded, StringComparer.Ordinal);
        return
        [
            .. from digest in new Digests(SeatOf).Of(live, reminders, morning)
            select digest with
            {
                Agency = printed.GetValueOrDefault(PrintedText.Folded(digest.Agency), digest.Agency),
            },
        ];
    }

    // Who asks figures of areas below its own asks them of an office in each.
    private Seat SeatOf(string set, string? area)
    {
        var home = catalog.FindSet(set) is { } found ? catalog.HomeOf(found) : null;
        var place = area is null ? null : catalog.FindAreaById(area);
        return new(home?.Id ?? set, place is not null && place.Level > (home?.Level ?? AreaLevel.Country) ? place.Id : "");
    }
}
