using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>Which obligations there are: every duty in force, for every area that reports to its set, in every period. Reads no clock; not for two threads at once.</summary>
/// <remarks>
/// A period counts by the first day of its window, an area by the last (as when figures are taken). Duties begin with the set: its first
/// day in force, else the later of its first rule's and its decision's. Hours of what is reported by the hour only in emergencies are asked for
/// separately (<see cref="InEmergency"/>).
/// </remarks>
/// <param name="since">No period that began before this day is obliged; null: none is left out.</param>
public sealed class ObligationPlan(CatalogSnapshot catalog, TimeZoneInfo zone, DateOnly? since = null)
{
    /// <summary>To be raised when this class comes to plan otherwise: then everything is planned anew.</summary>
    public const int Revision = 1;

    private readonly ReportingAreas areas = new(catalog);

    /// <summary>How long before its window opens a period's obligations are created, so that what will be due can be shown.</summary>
    public static TimeSpan Ahead(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => TimeSpan.FromHours(2),
            Frequency.Day => TimeSpan.FromDays(2),
            Frequency.Week => TimeSpan.FromDays(14),
            _ => TimeSpan.FromDays(45),
        };

    /// <summary>The day from which the set obliges: its own first day in force, else the later of its first rule's and its decision's.</summary>
    public DateOnly Begins(IndicatorSet set)
    {
        var first = set.From ?? set.Regime[0].From;
        if (set.From is null && SetHome.DayOf(set) is { } decided && decided > first)
            first = decided;
        return since > first ? since.Value : first;
    }

    /// <summary>The periods of the duty whose windows open before <paramref name="until"/>, oldest first, from about the day on which its set begins; in some of them nothing may be obliged.</summary>
    /// <param name="after">Only periods after this one; null: from the first.</param>
    public IEnumerable<Period> Periods(Duty duty, Period? after, DateTimeOffset until)
    {
        if (Find(duty) is not var (set, indicator))
            yield break;
        for (var period = after is { } last ? last.Next : First(duty, set); period is { } at; period = at.Next)
        {
            if (set.WindowOf(indicator, at).OpensAt(zone) >= until)
                yield break;
            yield return at;
        }
    }

    /// <summary>The obligations of one period, in the order of the catalog's areas; none where the duty is not in force then, or for hours that only an emergency obliges.</summary>
    public IEnumerable<Obligation> Of(Duty duty, Period period, DateTimeOffset createdAt)
    {
        if (
            Find(duty) is not var (set, indicator)
            || !IsObliged(set, indicator, period)
            || IsOnlyInEmergency(set, indicator, period)
        )
            return [];
        return Create(set, indicator, period, createdAt, null);
    }

    /// <summary>The hours of the duty that an emergency obliges, whose windows open before <paramref name="until"/>, in order of time.</summary>
    /// <param name="after">Only hours after this one; null: from the first.</param>
    public IEnumerable<Obligation> InEmergency(
        Duty duty,
        Emergency emergency,
        Period? after,
        DateTimeOffset until,
        DateTimeOffset createdAt
    )
    {
        if (duty.Frequency != Frequency.Hour || Find(duty) is not var (set, indicator))
            yield break;
        for (Period? at = after?.Next ?? FirstHour(emergency); at is { } hour && emergency.Covers(hour, zone); at = hour.Next)
        {
            if (set.WindowOf(indicator, hour).OpensAt(zone) >= until)
                yield break;
            if (!IsOnlyInEmergency(set, indicator, hour) || !IsObliged(set, indicator, hour))
                continue;
            foreach (var obligation in Create(set, indicator, hour, createdAt, emergency))
                yield return obligation;
        }
    }

    /// <summary>The hour that its beginning falls into.</summary>
    public Period FirstHour(Emergency emergency) =>
        Period.At(Frequency.Hour, TimeZoneInfo.ConvertTime(emergency.From, zone).DateTime);

    /// <summary>The areas for which an emergency obliges the hour; none where it does not.</summary>
    public IEnumerable<string> AreasOf(Duty duty, Emergency emergency, Period hour)
    {
        if (hour.Frequency != Frequency.Hour || !emergency.Covers(hour, zone) || Find(duty) is not var (set, indicator))
            return [];
        return IsOnlyInEmergency(set, indicator, hour) && IsObliged(set, indicator, hour)
            ? Create(set, indicator, hour, emergency.DeclaredAt, emergency).Select(obligation => obligation.Area)
            : [];
    }

    /// <summary>When the period after <paramref name="last"/> is to be created; null where there is none in the years 1900..2199.</summary>
    public DateTimeOffset? NextAt(Duty duty, Period? last) =>
        Find(duty) is var (set, indicator) && (last is { } known ? known.Next : First(duty, set)) is { } next
            ? set.WindowOf(indicator, next).OpensAt(zone) - Ahead(duty.Frequency)
            : null;

    /// <summary>The measures that must be reported for the period: what does not follow from others, and is in force.</summary>
    public static IReadOnlyList<string> Needs(IndicatorSet set, Indicator indicator, Period period) =>
        [
            .. indicator
                .Measures.Where(measure => measure.Derived is null && Validity.IsInForce(set, indicator, measure, period))
                .Select(measure => measure.Code),
        ];

    private IEnumerable<Obligation> Create(
        IndicatorSet set,
        Indicator indicator,
        Period period,
        DateTimeOffset createdAt,
        Emergency? emergency
    )
    {
        var needs = Needs(set, indicator, period);
        if (needs.Count == 0)
            yield break;
        var duty = new Duty(set.Code, indicator.Code, period.Frequency);
        var times = TimesOf(set, indicator, period);
        var agency = indicator.On(set.FirstDayOf(indicator, period)).Agency;
        var (whole, parts) = Folding(set, indicator, period);
        foreach (var area in areas.On(set, set.WindowOf(indicator, period).LastDay))
        {
            if (emergency is null || IsIn(area, emergency, period))
                yield return new(duty, period, area.Id, agency, times, needs, createdAt) { Whole = whole, Parts = parts };
        }
    }

    // A window may open weeks before the period it is named for: two periods earlier is early enough.
    private Period? First(Duty duty, IndicatorSet set) =>
        Period.At(duty.Frequency, Begins(set).ToDateTime(TimeOnly.MinValue)).TryShift(-2);

    private ObligationTimes TimesOf(IndicatorSet set, Indicator indicator, Period period)
    {
        var due = DueDates.Of(set, indicator, period, catalog.Calendar);
        return new(At(due.Opens), At(due.Due), due.Due - due.Soon, due.Missing - due.Due, due.Rule);
    }

    private DateTimeOffset At(DateTime local) => new(local, zone.GetUtcOffset(local));

    // Hours fold into the day that their window lies in; a day stands when each of its hours does.
    private static (Period? Whole, int Parts) Folding(IndicatorSet set, Indicator indicator, Period period)
    {
        var version = indicator.On(set.FirstDayOf(indicator, period));
        if (!DutyPlan.IsEmergencyKind(version) || version.Frequencies[1] != Frequency.Day)
            return (null, 0);
        var form = set.RuleFor(indicator, period).Form;
        return period.Frequency switch
        {
            Frequency.Hour => (Windows.Within(period, Frequency.Day, form), 0),
            Frequency.Day => (null, Windows.Parts(period, Frequency.Hour, form).Count()),
            _ => (null, 0),
        };
    }

    private static bool IsOnlyInEmergency(IndicatorSet set, Indicator indicator, Period period) =>
        DutyPlan.IsOnlyInEmergency(set, indicator.On(set.FirstDayOf(indicator, period)), period.Frequency);

    private bool IsIn(Area area, Emergency emergency, Period hour)
    {
        var day = DateOnly.FromDateTime(hour.Start);
        for (var place = area; place is not null; place = catalog.ParentOf(place, day))
        {
            if (emergency.Areas.Contains(place.Id, StringComparer.Ordinal))
                return true;
        }
        return false;
    }

    private bool IsObliged(IndicatorSet set, Indicator indicator, Period period)
    {
        var day = set.FirstDayOf(indicator, period);
        return day >= Begins(set)
            && Validity.IsInForce(set, indicator, null, day)
            && DutyPlan.Frequencies(set, indicator.On(day)).Contains(period.Frequency);
    }

    private (IndicatorSet Set, Indicator Indicator)? Find(Duty duty) =>
        catalog.FindSet(duty.Set) is { } set && catalog.FindIndicator(duty.Set, duty.Indicator) is { } indicator
            ? (set, indicator)
            : null;
}
