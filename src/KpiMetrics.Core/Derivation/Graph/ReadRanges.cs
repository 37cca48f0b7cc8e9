using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Which stretch of which series must be known to work out some periods of others: never less than is needed.</summary>
public sealed class ReadRanges(SeriesGraph graph)
{
    // Windows lie up to 17 days and an hour beside the calendar's, and a coarse period's parts begin with it.
    private const int Beside = 45;

    private const int SeasonYears = 3;

    private readonly Dictionary<SeriesKey, (DateTime From, DateTime To)> ranges = [];

    /// <summary>Everything that must be read, the wanted series first.</summary>
    public IReadOnlyDictionary<SeriesKey, (DateTime From, DateTime To)> All => ranges;

    /// <summary>Adds what the derivations of the periods from <paramref name="first"/> to <paramref name="last"/> of a series read.</summary>
    public void Add(SeriesKey key, Period first, Period last) => Need(key, Dependents.InputsFrom(first).Start, last.End);

    private void Need(SeriesKey key, DateTime from, DateTime to)
    {
        if (ranges.TryGetValue(key, out var known))
        {
            if (known.From <= from && to <= known.To)
                return;
            from = known.From < from ? known.From : from;
            to = known.To > to ? known.To : to;
        }
        ranges[key] = (from, to);
        if (graph.FormulaOf(key) is not { } formula)
            return;
        foreach (var input in formula.Inputs)
        {
            if (formula.RuleInputs.Contains(input))
                Need(input, RuleFrom(formula, from), to);
            else
                Need(input, Earlier(from, days: Beside), Later(to));
        }
        if (formula.RunningTotal is { } total)
            NeedOnly(total, from, to);
    }

    // A running total that is reported; what it would be computed from is not looked at.
    private void NeedOnly(SeriesKey key, DateTime from, DateTime to)
    {
        if (!ranges.TryGetValue(key, out var known))
            ranges[key] = (from, to);
        else
            ranges[key] = (known.From < from ? known.From : from, known.To > to ? known.To : to);
    }

    private static DateTime RuleFrom(SeriesFormula formula, DateTime from)
    {
        var years = formula.Measure.Derived?.Rule is DerivedRule.Season or DerivedRule.SeasonYoy ? SeasonYears : 1;
        var year = Math.Max(from.Year - years, Period.FirstYear);
        return new(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    }

    private static DateTime Earlier(DateTime from, int days) => from.Year > Period.FirstYear ? from.AddDays(-days) : from;

    private static DateTime Later(DateTime to) => to.Year < Period.LastYear ? to.AddDays(Beside) : to;
}
