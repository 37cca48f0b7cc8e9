using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>A rate as the quotient of two figures: over time and areas it is the ratio of sums, never an average of rates (DESIGN 4.5).</summary>
/// <remarks>Totals that lack parts are divided only where both lack the same ones: three months over two are no rate.</remarks>
public static class Quotients
{
    /// <summary>A figure, or the reason for none, for every period of which at least one of the two has a number; in order.</summary>
    /// <param name="below">The name that a reason gives the denominator.</param>
    public static IEnumerable<Figure> Of(
        FormulaKind kind,
        (string Name, IReadOnlyList<Figure> Figures) above,
        (string Name, IReadOnlyList<Figure> Figures) below,
        bool inPercent
    )
    {
        var numerators = Known(above.Figures);
        var denominators = Known(below.Figures);
        foreach (var period in numerators.Keys.Union(denominators.Keys).Order())
        {
            var (numerator, denominator) = (numerators.GetValueOrDefault(period), denominators.GetValueOrDefault(period));
            var inputs = new[] { numerator, denominator }.OfType<Figure>().ToList();
            var result =
                numerator is null ? Derived.Missing(Absence.InputMissing, period, above.Name)
                : denominator is null ? Derived.Missing(Absence.InputMissing, period, below.Name)
                : !Extents.AreAlike(inputs) ? Derived.Missing(Absence.Incomplete, period)
                : Divide(Number(numerator), Number(denominator), inPercent, period);
            var have = inputs.Count(input => input.Computed is null or { IsComplete: true });
            yield return ComputedFigure.Of(period, kind, result, have, 2, inputs, Extents.Common(inputs));
        }
    }

    /// <summary>x / 0 and 0 / 0 have no value.</summary>
    public static Derived Divide(decimal above, decimal below, bool inPercent, Period at)
    {
        if (below == 0m)
            return Derived.Missing(Absence.BaseIsZero, at);
        try
        {
            return Derived.Of(above / below * (inPercent ? 100m : 1m));
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, at);
        }
    }

    private static decimal Number(Figure figure) => figure.Current.Value.Number.GetValueOrDefault();

    private static Dictionary<Period, Figure> Known(IReadOnlyList<Figure> figures) =>
        figures.Where(figure => figure.Current.Value.Number is not null).ToDictionary(figure => figure.Period);
}
