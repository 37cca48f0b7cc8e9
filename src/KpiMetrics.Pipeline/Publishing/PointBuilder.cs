using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Makes the points of one series.</summary>
/// <param name="zone">In which the windows open: Asia/Ho_Chi_Minh.</param>
public sealed class PointBuilder(SeriesKey key, SeriesFormula formula, TimeZoneInfo zone)
{
    public PointTags Tags { get; } = PointTags.Of(key);

    /// <summary>The point's time is the opening of the period's window, under the rule in force for the period.</summary>
    public PointAddress AddressOf(Period period) => new(Tags, formula.WindowOf(period).OpensAt(zone).ToUnixTimeSeconds());

    /// <summary>The point of a figure, which has at least the field <c>value</c> or <c>text</c>.</summary>
    public Point Build(DerivedFigure derived)
    {
        var value = derived.Figure.Current.Value;
        var isDemo = derived.Figure.Current.Source == DemoSource.Name;
        var address = AddressOf(derived.Figure.Period);
        if (value.Number is not { } number)
            return new(address, Text: value.Text, IsDemo: isDemo);
        var total = derived.Ytd.Total.Value;
        return new(
            address,
            number,
            derived.Pop.Value,
            derived.Yoy.Value,
            total,
            derived.YtdYoy.Value,
            derived.Plan.Value,
            CoverageOf(derived),
            IsDemo: isDemo
        );
    }

    // How much of what is shown is there: of the year so far, or of a total of parts, whichever lacks more.
    private static decimal? CoverageOf(DerivedFigure derived)
    {
        decimal? ofYear = derived.Ytd.Total.Value is null ? null : derived.Ytd.Coverage;
        if (derived.Figure.Computed is not { Need: > 1 } computed)
            return ofYear;
        var ofParts = (decimal)computed.Have / computed.Need;
        return ofYear < ofParts ? ofYear : ofParts;
    }
}
