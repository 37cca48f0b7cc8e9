using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>
/// Rules added, changed or taken out of a regime, with what a month's window becomes; and whether a period that has begun in the last
/// three years would get another window.
/// </summary>
internal static class RegimeChanges
{
    private const int YearsBack = 3;

    public static void OfSet(ChangeList changes, IndicatorSet old, IndicatorSet next)
    {
        var frequencies = old
            .Indicators.Where(indicator => indicator.Regime.Count == 0)
            .SelectMany(indicator => indicator.AllFrequencies);
        Find(changes, null, old.Regime, next.Regime, new(old, null, next, null), frequencies);
    }

    public static void OfIndicator(
        ChangeList changes,
        IndicatorSet oldSet,
        Indicator old,
        IndicatorSet nextSet,
        Indicator next
    ) => Find(changes, old.Code, old.Regime, next.Regime, new(oldSet, old, nextSet, next), old.AllFrequencies);

    private static void Find(
        ChangeList changes,
        string? code,
        IReadOnlyList<RegimeRule> old,
        IReadOnlyList<RegimeRule> next,
        Versions versions,
        IEnumerable<Frequency> frequencies
    )
    {
        if (old.SequenceEqual(next))
            return;
        var moved = Moved(versions, frequencies.Distinct().Order(), changes.Today);
        var added = next.Except(old).ToList();
        foreach (var rule in added)
            Add(rule, moved.Where(period => versions.Next(period) == rule));
        foreach (var rule in old.Where(rule => !next.Any(other => other.From == rule.From)))
            Add(rule, moved.Where(period => versions.Old(period) == rule && !added.Contains(versions.Next(period))));

        void Add(RegimeRule rule, IEnumerable<Period> touched)
        {
            var month = FirstMonth(rule.From);
            var (before, after) = (
                Text(versions.Old(month), versions.OldDue(month), versions.OldWindow(month), month),
                Text(versions.Next(month), versions.NextDue(month), versions.NextWindow(month), month)
            );
            var warning = Warning([.. touched]);
            if (before != after || warning is not null) // another origin alone changes nothing
                changes.Add(code, ChangeKind.Regime, before, after, rule.From, warning);
        }
    }

    private static List<Period> Moved(Versions versions, IEnumerable<Frequency> frequencies, DateOnly today)
    {
        var (first, last) = (today.AddYears(-YearsBack).ToDateTime(default), today.ToDateTime(TimeOnly.MaxValue));
        var found = new List<Period>();
        foreach (var frequency in frequencies)
        {
            Period? at = Period.At(frequency, first);
            while (at is { } period && versions.OldWindow(period).Start <= last)
            {
                if (versions.OldWindow(period) != versions.NextWindow(period))
                    found.Add(period);
                at = period.Next;
            }
        }
        return found;
    }

    private static Period FirstMonth(DateOnly day)
    {
        var month = Period.At(Frequency.Month, day.ToDateTime(default));
        return day.Day == 1 ? month : month.Next ?? month;
    }

    private static string Text(RegimeRule rule, DueRules? said, Window window, Period month)
    {
        var due = said is { IsEmpty: false } ? $", due {said}" : "";
        var offices = string.Concat(rule.Offices.Select(office => $", {office.Name}: {office.Rules}"));
        var begins = rule.DayBegins == default ? "" : Invariant($", day begins {rule.DayBegins:HH:mm}");
        return Invariant(
            $"{rule.Windows.Name()}{due}{offices}{begins}: {month} is {window.FirstDay:yyyy-MM-dd} to {window.LastDay:yyyy-MM-dd}"
        );
    }

    private static string? Warning(List<Period> touched) =>
        touched switch
        {
            [] => null,
            [var only] => $"the window of {only}, which has begun, would change",
            _ => Invariant($"the windows of {touched.Count} periods that have begun would change, the first {touched[0]}"),
        };

    private sealed record Versions(IndicatorSet OldSet, Indicator? OldIndicator, IndicatorSet NextSet, Indicator? NextIndicator)
    {
        public RegimeRule Old(Period period) => OldSet.RuleFor(OldIndicator, period);

        public RegimeRule Next(Period period) => NextSet.RuleFor(NextIndicator, period);

        // An indicator's own regime that says nothing leaves it to the set's.
        public DueRules? OldDue(Period period) => Old(period).Due ?? OldSet.RuleFor(period).Due;

        public DueRules? NextDue(Period period) => Next(period).Due ?? NextSet.RuleFor(period).Due;

        public Window OldWindow(Period period) => OldSet.WindowOf(OldIndicator, period);

        public Window NextWindow(Period period) => NextSet.WindowOf(NextIndicator, period);
    }
}
