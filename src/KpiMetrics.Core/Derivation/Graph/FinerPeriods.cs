using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Roll-up over time: figures of coarse periods from those of the finer ones whose windows make them up (DESIGN 4.4).</summary>
/// <remarks>
/// Windows are tiled, never overlapped: where a finer period falls under another rule than the coarse one there is no figure. A total
/// of which parts are missing is given with its coverage, and is then not compared; a state is whole as soon as that of its last part is known.
/// </remarks>
public static class FinerPeriods
{
    /// <summary>A figure for every coarse period of which at least one part has a number, in order.</summary>
    /// <param name="finer">In order.</param>
    /// <param name="regime">The rules in order of their dates.</param>
    public static IEnumerable<Figure> RollUp(
        Measure measure,
        Frequency frequency,
        IReadOnlyList<Figure> finer,
        IReadOnlyList<RegimeRule> regime
    )
    {
        var known = new Dictionary<Period, Figure>();
        foreach (var figure in finer)
        {
            if (figure.Current.Value.Number is not null)
                known[figure.Period] = figure;
        }
        foreach (var whole in Wholes(known.Keys, frequency, regime))
        {
            var form = FormOf(whole, regime);
            var need = 0;
            var alike = true;
            Period? last = null;
            var parts = new List<Figure>();
            foreach (var part in PartsOf(whole, finer[0].Period.Frequency, regime))
            {
                need++;
                last = part;
                alike &= FormOf(part, regime) == form.At(part.Frequency);
                if (known.TryGetValue(part, out var figure))
                    parts.Add(figure);
            }
            if (parts.Count == 0)
                continue;
            var result = alike ? Averages.Of(measure, whole, parts) : Derived.Missing(Absence.WindowsDiffer, whole);
            var have = parts.Count(part => part.Computed is null or { IsComplete: true });
            if (measure.OverTime == OverTime.Last)
                (have, need) = (parts[^1].Period == last && parts[^1].Computed is null or { IsComplete: true } ? 1 : 0, 1);
            var extent = Extents.Of(parts.Select(part => (part.Period, part)));
            yield return ComputedFigure.Of(whole, FormulaKind.FinerPeriods, result, have, need, parts, extent);
        }
    }

    /// <summary>The finer periods that a coarse one is made of under the rule in force for it, in order.</summary>
    public static IEnumerable<Period> PartsOf(Period whole, Frequency finer, IReadOnlyList<RegimeRule> regime) =>
        Windows.Parts(whole, finer, FormOf(whole, regime));

    private static SortedSet<Period> Wholes(IEnumerable<Period> parts, Frequency frequency, IReadOnlyList<RegimeRule> regime)
    {
        var forms = regime.Select(rule => rule.Form).Distinct().ToList();
        var wholes = new SortedSet<Period>();
        foreach (var part in parts)
        {
            foreach (var form in forms)
            {
                if (
                    Windows.Within(part, frequency, form) is { } whole
                    && (forms.Count == 1 || FormOf(whole, regime) == form.At(frequency))
                )
                    wholes.Add(whole);
            }
        }
        return wholes;
    }

    private static WindowForm FormOf(Period period, IReadOnlyList<RegimeRule> regime) =>
        RegimeRule.InForce(regime, period).Form.At(period.Frequency);
}
