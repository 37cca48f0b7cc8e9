using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>A reported number: a figure that is checked, or one of those that add up to what it is held against.</summary>
/// <param name="Value">Of the statement; never absent here.</param>
internal sealed record Term(SeriesKey Key, Measure Measure, Period Period, Statement Statement, decimal Value)
{
    public PrintedNumber Printed => PrintedNumber.Of(Value, Measure);

    /// <summary>Null where nothing, or no number, was reported.</summary>
    public static Term? Of(SeriesKey key, Measure measure, Figure? figure) =>
        figure is { Computed: null, Current.Value.Number: { } number }
            ? new(key, measure, figure.Period, figure.Current, number)
            : null;

    /// <summary>
    /// An estimate need not agree with a final figure, nor one vintage with another. Figures of earlier periods are mostly known better than
    /// what is computed from them.
    /// </summary>
    public bool IsComparableWith(Term other) =>
        other.Period.End < Period.End
        || Statement.Vintage == other.Statement.Vintage && Source.IsTentative == other.Source.IsTentative;

    public SourceFigure Source => new(Statement.Source, Printed, Statement.Status, Statement.Vintage);
}
