using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Makes the points of one series.</summary>
/// <param name="zone">In which the windows open: Asia/Ho_Chi_Minh.</param>
public sealed class PointBuilder(SeriesKey key, IndicatorSet set, Indicator indicator, TimeZoneInfo zone)
{
    public PointTags Tags { get; } = PointTags.Of(key);

    /// <summary>The point's time is the opening of the period's window, under the rule in force for the period.</summary>
    public PointAddress AddressOf(Period period) => new(Tags, set.WindowOf(indicator, period).OpensAt(zone).ToUnixTimeSeconds());

    /// <summary>The point of a figure, which has at least the field <c>value</c> or <c>text</c>.</summary>
    public Point Build(DerivedFigure derived)
    {
        var value = derived.Figure.Current.Value;
        var address = AddressOf(derived.Figure.Period);
        if (value.Number is not { } number)
            return new(address, Text: value.Text);
        var total = derived.Ytd.Total.Value;
        return new(address, number, derived.Pop.Value, derived.Yoy.Value, total, total is null ? null : derived.Ytd.Coverage);
    }
}
