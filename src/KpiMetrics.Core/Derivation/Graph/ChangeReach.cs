using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Which figures of which series may change when reported ones do: rows computed from them, coarser periods, larger and later areas.</summary>
public static class ChangeReach
{
    // The longest two seasons after each other, in days.
    private const int SeasonDays = 800;

    /// <summary>The changed figures themselves and all that are computed from them, at any depth, by series in order.</summary>
    public static IReadOnlyDictionary<SeriesKey, SortedSet<Period>> Of(
        SeriesGraph graph,
        IEnumerable<(SeriesKey Series, Period Period)> changes
    )
    {
        var reached = new Dictionary<SeriesKey, SortedSet<Period>>();
        var readers = new Dictionary<SeriesKey, List<SeriesFormula>>();
        var waiting = new Queue<(SeriesKey Series, Period Period)>();
        foreach (var (series, period) in changes)
            Add(series, period);
        while (waiting.TryDequeue(out var change))
        {
            if (graph.FormulaOf(change.Series) is not { } formula)
                continue;
            foreach (var reader in ReadersOf(change.Series))
            {
                foreach (var period in PeriodsOf(reader, formula, change.Period))
                    Add(reader.Key, period);
            }
            // A reported running total is what later ones, and the year so far of its flow, build on.
            if (formula.Measure.Derived is { Rule: DerivedRule.Ytd, Inputs.Count: 1 } && formula.RuleInputs is [var flow])
            {
                Add(flow, change.Period);
                foreach (var later in ToYearEnd(change.Period))
                    Add(change.Series, later);
            }
        }
        return reached;

        List<SeriesFormula> ReadersOf(SeriesKey series)
        {
            if (!readers.TryGetValue(series, out var found))
                readers[series] = found = [.. graph.ReadersOf(series).Select(graph.FormulaOf).OfType<SeriesFormula>()];
            return found;
        }

        void Add(SeriesKey series, Period period)
        {
            if (!reached.TryGetValue(series, out var periods))
                reached[series] = periods = [];
            if (periods.Add(period))
                waiting.Enqueue((series, period));
        }
    }

    private static IEnumerable<Period> PeriodsOf(SeriesFormula reader, SeriesFormula input, Period period)
    {
        if (reader.Key.Frequency != period.Frequency)
            return reader
                .Regime.Select(rule => Windows.Within(period, reader.Key.Frequency, rule.Form))
                .OfType<Period>()
                .Distinct();
        if (reader.Measure.Code == input.Measure.Code)
            return [period];
        if (
            input.Measure.Kind == MeasureKind.Cumulative
            && reader.Measure.Derived is { Rule: DerivedRule.Pop or DerivedRule.Yoy }
        )
            return Dependents.Of(period, input.Measure);
        return reader.Measure.Derived?.Rule switch
        {
            DerivedRule.Pop => period.Next is { } next ? [period, next] : [period],
            DerivedRule.Yoy => period.YearLater.Prepend(period),
            DerivedRule.Ytd or DerivedRule.Plan => ToYearEnd(period),
            DerivedRule.YtdYoy => Dependents.Of(period, input.Measure),
            DerivedRule.YearEnd => period == period.LastOfYear && period.Next is { } first
                ? ToYearEnd(first).Prepend(period)
                : [period],
            DerivedRule.Season or DerivedRule.SeasonYoy => Until(period, period.Start.AddDays(SeasonDays)),
            _ => [period],
        };
    }

    private static IEnumerable<Period> ToYearEnd(Period period)
    {
        var last = period.LastOfYear.Index;
        for (var index = period.Index; index <= last; index++)
            yield return Period.FromIndex(period.Frequency, index);
    }

    private static IEnumerable<Period> Until(Period period, DateTime end)
    {
        for (Period? at = period; at is { } next && next.Start < end; at = next.Next)
            yield return next;
    }
}
