using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>One figure from the figures of its parts in time, by the measure's own rule.</summary>
internal static class Averages
{
    /// <param name="figures">Those of the parts that have one, in order; at least one.</param>
    public static Derived Of(Measure measure, Period whole, IReadOnlyList<Figure> figures)
    {
        try
        {
            var values = figures.Select(figure => figure.Current.Value.Number.GetValueOrDefault());
            return measure.OverTime switch
            {
                OverTime.Sum => Derived.Of(values.Sum()),
                OverTime.Last => Derived.Of(values.Last()),
                OverTime.Max => Derived.Of(values.Max()),
                OverTime.Mean => Derived.Of(values.Average()),
                OverTime.GeometricMean => Geometric(measure, whole, figures),
                _ => Derived.Missing(Absence.DoesNotAddUp, whole),
            };
        }
        catch (OverflowException)
        {
            return Derived.Missing(Absence.TooLarge, whole);
        }
    }

    // In the base that holds when the whole ends.
    private static Derived Geometric(Measure measure, Period whole, IReadOnlyList<Figure> figures)
    {
        var values = new List<decimal>(figures.Count);
        foreach (var figure in figures)
        {
            if (IndexLink.Between(measure, figure.Period, whole) is not { } factor)
                return Derived.Missing(Absence.BaseYearDiffers, figure.Period);
            values.Add(figure.Current.Value.Number.GetValueOrDefault() / factor);
        }
        return GeometricMean.Of(values, out var mean) is var absence && absence == Absence.None
            ? Derived.Of(mean)
            : Derived.Missing(absence, whole);
    }
}
