using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>One figure from the figures of its parts in time, by the measure's own rule.</summary>
internal static class Averages
{
    /// <param name="figures">Those of the parts that have one, in order; at least one.</param>
    /// <returns>Of an index, in the base that holds when the whole ends.</returns>
    public static Derived Of(Measure measure, Period whole, IReadOnlyList<Figure> figures)
    {
        try
        {
            var values = new List<decimal>(figures.Count);
            foreach (var figure in figures)
            {
                if (IndexLink.Between(measure, figure.Period, whole) is not { } factor)
                    return Derived.Missing(Absence.BaseYearDiffers, figure.Period);
                var number = figure.Current.Value.Number.GetValueOrDefault();
                values.Add(factor == 1m ? number : number / factor);
            }
            return measure.OverTime switch
            {
                OverTime.Sum => Derived.Of(values.Sum()),
                OverTime.Last => Derived.Of(values[^1]),
                OverTime.Max => Derived.Of(values.Max()),
                OverTime.Mean => Derived.Of(values.Average()),
                OverTime.GeometricMean => Geometric(values, whole),
                _ => Derived.Missing(Absence.DoesNotAddUp, whole),
            };
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, whole);
        }
    }

    private static Derived Geometric(List<decimal> values, Period whole) =>
        GeometricMean.Of(values, out var mean) is var absence && absence == Absence.None
            ? Derived.Of(mean)
            : Derived.Missing(absence, whole);
}
