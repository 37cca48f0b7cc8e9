using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Which figures of which series may change when reported ones do: rows computed from them, coarser periods, larger and later areas.</summary>
public sealed class ChangeReach
{
    // The longest two seasons after each other, in days.
    private const int SeasonDays = 800;

    private readonly SeriesGraph graph;
    private readonly Dictionary<SeriesKey, PeriodSpans> reached = [];
    private readonly Dictionary<SeriesKey, PeriodSpans> pending = [];
    private readonly Queue<SeriesKey> waiting = [];

    // Of series that are reached from one another, one that stands for all; found by following.
    private readonly Dictionary<SeriesKey, SeriesKey> standsFor = [];

    private ChangeReach(SeriesGraph graph) => this.graph = graph;

    /// <summary>
    /// The changed figures themselves and all that are computed from them, at any depth, by series; in groups that have no series in common and can be
    /// worked out one after the other.
    /// </summary>
    public static IReadOnlyList<IReadOnlyDictionary<SeriesKey, PeriodSpans>> Of(
        SeriesGraph graph,
        IEnumerable<(SeriesKey Series, Period Period)> changes
    )
    {
        var reach = new ChangeReach(graph);
        foreach (var (series, period) in changes)
            reach.Add(series, period, period);
        while (reach.waiting.TryDequeue(out var series))
            reach.Follow(series);
        return
        [
            .. reach
                .reached.GroupBy(entry => reach.GroupOf(entry.Key))
                .Select(group => group.ToDictionary(entry => entry.Key, entry => entry.Value)),
        ];
    }

    private void Follow(SeriesKey series)
    {
        pending.Remove(series, out var periods);
        if (periods is null || graph.FormulaOf(series) is not { } formula)
            return;
        foreach (var reader in graph.ReadersOf(series))
        {
            if (graph.FormulaOf(reader) is not { } of)
                continue;
            foreach (var (first, last) in periods.Stretches)
                AddReader(of, formula, first, last);
            Join(series, reader);
        }
        // A reported running total is what later ones, and the year so far of its flow, build on.
        if (formula.Measure.Derived is { Rule: DerivedRule.Ytd, Inputs.Count: 1 } && formula.RuleInputs is [var flow])
        {
            foreach (var (first, last) in periods.Stretches)
            {
                Add(flow, first, last);
                Add(series, first, last.LastOfYear);
            }
            Join(series, flow);
        }
    }

    private void AddReader(SeriesFormula reader, SeriesFormula input, Period first, Period last)
    {
        var rule = reader.Measure.Derived?.Rule;
        if (reader.Key.Frequency != first.Frequency)
            AddCoarser(reader, first, last);
        else if (reader.Measure.Code == input.Measure.Code)
            Add(reader.Key, first, last);
        else if (
            rule is DerivedRule.YtdYoy
            || input.Measure.Kind == MeasureKind.Cumulative && rule is DerivedRule.Pop or DerivedRule.Yoy
        )
            AddDependents(reader, input, first, last);
        else if (rule is DerivedRule.Pop)
            Add(reader.Key, first, last.Next ?? last);
        else if (rule is DerivedRule.Ytd or DerivedRule.Plan)
            Add(reader.Key, first, last.LastOfYear);
        else if (rule is DerivedRule.Season or DerivedRule.SeasonYoy)
            Add(reader.Key, first, Later(last, SeasonDays));
        else
        {
            Add(reader.Key, first, last);
            if (rule is DerivedRule.Yoy)
                AddYearLater(reader, first, last);
            else if (rule is DerivedRule.YearEnd)
                AddYearsAfter(reader, first, last);
        }
    }

    private void AddCoarser(SeriesFormula reader, Period first, Period last)
    {
        foreach (var form in reader.Regime.Select(rule => rule.Form).Distinct())
        {
            if (
                Windows.Within(first, reader.Key.Frequency, form) is { } from
                && Windows.Within(last, reader.Key.Frequency, form) is { } to
            )
                Add(reader.Key, from, to);
        }
    }

    private void AddDependents(SeriesFormula reader, SeriesFormula input, Period first, Period last)
    {
        var dependents = new PeriodSpans(first.Frequency);
        for (Period? at = first; at is { } period && period <= last; at = period.Next)
            Dependents.AddTo(dependents, period, input.Measure);
        foreach (var (from, to) in dependents.Stretches)
            Add(reader.Key, from, to);
    }

    private void AddYearLater(SeriesFormula reader, Period first, Period last)
    {
        for (Period? at = first; at is { } period && period <= last; at = period.Next)
        {
            foreach (var later in period.YearLater)
                Add(reader.Key, later, later);
        }
    }

    // The end of a year is what the whole next year is compared with.
    private void AddYearsAfter(SeriesFormula reader, Period first, Period last)
    {
        for (var end = first.LastOfYear; end <= last && end.Next is { } next; end = next.LastOfYear)
            Add(reader.Key, next, next.LastOfYear);
    }

    private void Add(SeriesKey series, Period first, Period last)
    {
        if (!reached.TryGetValue(series, out var periods))
            reached[series] = periods = new(series.Frequency);
        foreach (var (from, to) in periods.Add(first, last))
        {
            if (!pending.TryGetValue(series, out var news))
            {
                pending[series] = news = new(series.Frequency);
                waiting.Enqueue(series);
            }
            news.Add(from, to);
        }
    }

    private void Join(SeriesKey one, SeriesKey other)
    {
        var (left, right) = (GroupOf(one), GroupOf(other));
        if (left != right)
            standsFor[right] = left;
    }

    private SeriesKey GroupOf(SeriesKey series)
    {
        var group = series;
        while (standsFor.TryGetValue(group, out var next))
            group = next;
        // The way is shortened for those who ask next.
        while (series != group)
        {
            var next = standsFor[series];
            standsFor[series] = group;
            series = next;
        }
        return group;
    }

    private static Period Later(Period period, int days)
    {
        var end = period.Start.AddDays(days).AddTicks(-1);
        var limit = new DateTime(Period.LastYear, 12, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return Period.At(period.Frequency, end < limit ? end : limit) is var later && later > period ? later : period;
    }
}
