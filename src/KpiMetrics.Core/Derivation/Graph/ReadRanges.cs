using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Which stretches of which series must be known to work out some points, and no more: asked for step by step.</summary>
/// <remarks>
/// What a figure would be computed from is asked for only where nobody reported it: the hours of a day only where the day has no figure of its own,
/// those of the communes only where the province has none. So whoever reads tells what was found (<see cref="Found"/>) before more is asked for.
/// </remarks>
public sealed class ReadRanges(SeriesGraph graph)
{
    // How long the two seasons that are compared lie back at most, in years.
    private const int SeasonYears = 3;

    // Windows lie up to 17 days and an hour beside the calendar's.
    private const int Beside = 45;

    private readonly Dictionary<SeriesKey, PeriodSpans> wanted = [];
    private readonly Dictionary<SeriesKey, PeriodSpans> totals = [];
    private readonly Dictionary<SeriesKey, PeriodSpans> pending = [];
    private readonly Queue<SeriesKey> waiting = [];
    private List<ReadRange> next = [];

    // What was found of the series that were followed, and which stretches wait for what is found of the areas within.
    private readonly Dictionary<SeriesKey, PeriodSpans> found = [];
    private readonly Queue<(SeriesFormula Formula, Period First, Period Last)> rollUps = [];
    private readonly HashSet<SeriesKey> planned = [];

    /// <summary>The series whose plans must be known.</summary>
    public IReadOnlyCollection<SeriesKey> Planned => planned;

    /// <summary>Adds what the derivations of points of a series read.</summary>
    public void Add(SeriesKey key, PeriodSpans points)
    {
        foreach (var (first, last) in points.Stretches)
            Need(key, first, last, Comparisons.All);
        NeedPlans(key);
    }

    /// <summary>The next stretches to be read, before more is asked for; none: nothing more is needed of what was found so far.</summary>
    public IReadOnlyList<ReadRange> Next()
    {
        TakeWaiting();
        // Only once all that was asked for of the areas within was read can it be said which parts are needed beside them.
        while (next.Count == 0 && rollUps.TryDequeue(out var whole))
        {
            var all = new PeriodSpans(whole.First.Frequency, whole.First, whole.Last);
            foreach (var (from, to) in all.Without(all.Periods.Where(period => IsWhole(whole.Formula, period))).Stretches)
                NeedParts(whole.Formula, from, to);
            TakeWaiting();
        }
        var stretches = next;
        next = [];
        return stretches;
    }

    /// <summary>Says which figures of a stretch were reported and not withdrawn; the others are computed from what is asked for next.</summary>
    /// <param name="reported">In order.</param>
    public void Found(ReadRange range, IEnumerable<Period> reported)
    {
        if (!range.IsFollowed || graph.FormulaOf(range.Series) is not { } formula)
            return;
        if (!found.TryGetValue(range.Series, out var known))
            found[range.Series] = known = new(range.Series.Frequency);
        var here = new PeriodSpans(range.Series.Frequency, reported);
        foreach (var (first, last) in here.Stretches)
            known.Add(first, last);
        var all = new PeriodSpans(range.Series.Frequency, range.First, range.Last);
        foreach (var (first, last) in all.Without(here.Periods).Stretches)
            Follow(formula, first, last);
    }

    private void TakeWaiting()
    {
        while (waiting.TryDequeue(out var key))
        {
            pending.Remove(key, out var news);
            foreach (var (from, to) in news?.Stretches ?? [])
                next.Add(new(key, from, to) { IsFollowed = true });
        }
    }

    // A total of all areas is not asked for in another way.
    private bool IsWhole(SeriesFormula formula, Period period)
    {
        var any = false;
        foreach (var (_, key) in formula.WithinOn(formula.WindowOf(period).LastDay))
        {
            if (!found.TryGetValue(key, out var known) || !known.Contains(period))
                return false;
            any = true;
        }
        return any;
    }

    private void Follow(SeriesFormula formula, Period first, Period last)
    {
        foreach (var input in formula.RuleInputs)
            NeedForRule(formula, input, first, last);
        if (formula.Quotient is var (above, below))
        {
            Need(above, first, last);
            Need(below, first, last);
        }
        if (formula.Former is { } former)
            Need(former, first, last);
        foreach (var (area, key) in formula.Within)
        {
            if (WhileStood(area, first, last) is var (from, to))
                Need(key, from, to);
        }
        if (formula.Within.Count > 0)
            rollUps.Enqueue((formula, first, last));
        else
            NeedParts(formula, first, last);
        foreach (var (_, key) in formula.Origins)
            Need(key, first, last);
    }

    private void NeedParts(SeriesFormula formula, Period first, Period last)
    {
        if (formula.Finer is { } finer && PartsOf(formula, finer.Frequency, first, last) is var (from, to))
            Need(finer, from, to);
    }

    private void NeedForRule(SeriesFormula formula, SeriesKey input, Period first, Period last)
    {
        var rule = formula.Measure.Derived?.Rule;
        var comparisons = rule switch
        {
            DerivedRule.Pop => Comparisons.Pop,
            DerivedRule.Yoy => Comparisons.Yoy,
            DerivedRule.Ytd or DerivedRule.Plan => Comparisons.Ytd,
            DerivedRule.YtdYoy => Comparisons.Ytd | Comparisons.YtdYoy,
            _ => Comparisons.None,
        };
        Need(input, first, last, comparisons);
        if (rule == DerivedRule.Plan)
        {
            planned.Add(formula.Key);
            NeedPlans(input);
        }
        else if (rule == DerivedRule.YearEnd)
        {
            for (var year = first.FirstOfYear; year <= last; )
            {
                if (year.Previous is { } end)
                    Need(input, end, end);
                if (year.LastOfYear.Next is not { } following)
                    break;
                year = following;
            }
        }
        else if (rule is DerivedRule.Season or DerivedRule.SeasonYoy)
            Need(input, Period.Of(first.Frequency, Math.Max(first.Year - SeasonYears, Period.FirstYear)), last);
    }

    // What is derived for the figures of a stretch, in the same order as SeriesDerivation does.
    private void Need(SeriesKey key, Period first, Period last, Comparisons comparisons)
    {
        Need(key, first, last);
        if (comparisons == Comparisons.None || graph.FormulaOf(key) is not { } formula)
            return;
        // The amount behind a running total is it less the one before.
        var isCumulative = formula.Measure.Kind == MeasureKind.Cumulative;
        var back = isCumulative ? 1 : 0;
        if (comparisons.HasFlag(Comparisons.Pop) || isCumulative)
            Need(key, Back(first, back + 1), last);
        var (before, until) = (YearBefore(first) ?? first.FirstOfYear, YearBefore(last));
        if (comparisons.HasFlag(Comparisons.Yoy) && until is { } end)
            Need(key, Back(before, back), end);
        if (!formula.Measure.HasYearToDate)
            return;
        if (comparisons.HasFlag(Comparisons.Ytd) && !isCumulative)
            NeedYear(formula, first, last);
        if (comparisons.HasFlag(Comparisons.YtdYoy) && until is { } stage)
        {
            if (isCumulative)
                Need(key, before, stage);
            else
                NeedYear(formula, before, stage);
        }
    }

    // The years so far, and of a flow the running totals that are reported.
    private void NeedYear(SeriesFormula formula, Period first, Period last)
    {
        Need(formula.Key, first.FirstOfYear, last);
        if (formula.RunningTotal is not { } total)
            return;
        if (!totals.TryGetValue(total, out var known))
            totals[total] = known = new(total.Frequency);
        foreach (var (from, to) in known.Add(first.FirstOfYear, last))
            next.Add(new(total, from, to));
    }

    private void Need(SeriesKey key, Period first, Period last)
    {
        if (!wanted.TryGetValue(key, out var known))
            wanted[key] = known = new(key.Frequency);
        foreach (var (from, to) in known.Add(first, last))
        {
            if (!pending.TryGetValue(key, out var news))
            {
                pending[key] = news = new(key.Frequency);
                waiting.Enqueue(key);
            }
            news.Add(from, to);
        }
    }

    private void NeedPlans(SeriesKey key)
    {
        for (SeriesKey? at = key; at is not null && planned.Add(at); )
            at = graph.FormulaOf(at)?.PlannedAs;
    }

    // The periods that end while the area stands, and some beside them.
    private static (Period, Period)? WhileStood(Area area, Period first, Period last)
    {
        var (begun, ended) = (Near(area.From, -Beside, first), area.To is { } day ? Near(day, Beside, last) : last);
        var (from, to) = (begun > first ? begun : first, ended < last ? ended : last);
        return from <= to ? (from, to) : null;
    }

    private static Period Near(DateOnly day, int days, Period otherwise)
    {
        var moment = day.ToDateTime(TimeOnly.MinValue);
        return moment.Year is > Period.FirstYear and < Period.LastYear
            ? Period.At(otherwise.Frequency, moment.AddDays(days))
            : otherwise;
    }

    // The first and the last part by any rule, as windows may change between the two.
    private static (Period, Period)? PartsOf(SeriesFormula formula, Frequency finer, Period first, Period last)
    {
        (Period First, Period Last)? all = null;
        foreach (var form in formula.Regime.Select(rule => rule.Form).Distinct())
        {
            var parts = Windows.Parts(first, finer, form).Concat(Windows.Parts(last, finer, form)).ToList();
            if (parts.Count == 0)
                continue;
            all = all is var (from, to) ? (Min(from, parts[0]), Max(to, parts[^1])) : (parts[0], parts[^1]);
        }
        return all;
    }

    private static Period Min(Period left, Period right) => left < right ? left : right;

    private static Period Max(Period left, Period right) => left > right ? left : right;

    private static Period Back(Period period, int count) => Period.FromIndex(period.Frequency, Math.Max(period.Index - count, 0));

    // Week 53 has no counterpart, but the year so far has: all weeks of the year before.
    private static Period? YearBefore(Period period) =>
        period.YearEarlier ?? (period.Year == Period.FirstYear ? null : Period.Of(period.Frequency, period.Year, 1).Previous);

    [Flags]
    private enum Comparisons
    {
        None = 0,
        Pop = 1,
        Yoy = 2,
        Ytd = 4,
        YtdYoy = 8,
        All = Pop | Yoy | Ytd | YtdYoy,
    }
}
