using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Which measures of one set are computed from which.</summary>
internal sealed class SetLinks
{
    private readonly Dictionary<string, List<Measure>> readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Measure> runningTotals = new(StringComparer.Ordinal);

    public SetLinks(IndicatorSet set)
    {
        foreach (var measure in set.Measures)
        {
            foreach (var input in InputsOf(measure))
            {
                if (!readers.TryGetValue(input, out var list))
                    readers[input] = list = [];
                list.Add(measure);
            }
            if (measure.Derived is { Rule: DerivedRule.Ytd, Inputs: [var flow] })
                runningTotals.TryAdd(flow, measure);
        }
    }

    /// <summary>The measures that read the one with this code.</summary>
    public IReadOnlyList<Measure> ReadersOf(string code) => readers.GetValueOrDefault(code) ?? [];

    /// <summary>The row that is the running total of just this measure ("Lũy kế"); null where there is none.</summary>
    public Measure? RunningTotalOf(string code) => runningTotals.GetValueOrDefault(code);

    /// <summary>The codes of the measures whose figures it may be computed from.</summary>
    public static IEnumerable<string> InputsOf(Measure measure)
    {
        if (measure.Derived is { } derived)
            return derived.Inputs;
        IEnumerable<string> inputs = measure.Ratio is { } ratio ? [ratio.Numerator, ratio.Denominator] : [];
        return measure.Replaces is { Continues: true } former ? inputs.Append(former.Code) : inputs;
    }
}
