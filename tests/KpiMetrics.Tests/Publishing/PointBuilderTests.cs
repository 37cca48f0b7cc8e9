using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Publishing;

public sealed class PointBuilderTests
{
    [Theory]
    [InlineData(WindowRule.Calendar, "2025-11", "2025-11-01T00:00:00+07:00")]
    [InlineData(WindowRule.Cutoff15, "2025-11", "2025-10-15T00:00:00+07:00")]
    [InlineData(WindowRule.Cutoff15, "2025", "2024-12-15T00:00:00+07:00")]
    [InlineData(WindowRule.Cutoff15, "2025-11-20T14", "2025-11-20T14:00:00+07:00")]
    [InlineData(WindowRule.Calendar, "2026-W01", "2025-12-29T00:00:00+07:00")]
    public void AddressOf_Period_IsTheOpeningOfItsWindow(WindowRule windows, string period, string expected)
    {
        var builder = BuilderFor(Given.Key(), Given.SetWith(windows));

        var address = builder.AddressOf(Period.Parse(period));

        var opening = DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(opening.ToUnixTimeSeconds(), address.Seconds);
    }

    [Theory]
    [InlineData("1900-01")]
    [InlineData("1945-09-02T08")]
    [InlineData("2199-12-31")]
    public void AddressOf_EdgeOfTheRange_IsAnInstant(string period)
    {
        var builder = BuilderFor(Given.Key(), Given.SetWith(WindowRule.Cutoff15));
        var parsed = Period.Parse(period);

        var local = DateTimeOffset.FromUnixTimeSeconds(builder.AddressOf(parsed).Seconds);

        Assert.InRange(local.DateTime, parsed.Start.AddDays(-32), parsed.Start);
    }

    [Fact]
    public void Build_Flow_HasWhatIsKnownAndItsCoverage()
    {
        var point = Build("T-A01.01", ("2024-03", 80m), ("2025-01", 10m), ("2025-03", 100m));

        Assert.Equal(new Point(point.Address, 100m, null, 25m, 110m, null, null, 2m / 3m), point);
        Assert.Equal(PointFields.Value | PointFields.Yoy | PointFields.Ytd | PointFields.Coverage, point.Fields);
    }

    [Fact]
    public void Build_Ratio_HasNoTotalAndNoCoverage()
    {
        var point = Build("T-A01.02", ("2025-02", 97.5m), ("2025-03", 98m));

        Assert.Equal(new Point(point.Address, 98m, 0.5m), point);
    }

    [Fact]
    public void Build_Text_IsTheOnlyField()
    {
        var key = Given.Key("T-A01.03");
        var statement = new Statement("inbox", Given.Noon, FigureValue.Of("Mưa to"), ObsStatus.Normal, Vintage.Official, null);
        var measure = Given.Catalog.FindMeasure("test", "T-A01.03");
        Assert.NotNull(measure);
        var figure = new Figure(Period.Parse("2025-03"), statement, 1);

        var derived = Assert.Single(SeriesDerivation.Derive(measure.Value.Measure, key.Frequency, [figure]));
        var point = BuilderFor(key, Given.Set).Build(derived);

        Assert.Equal(new Point(point.Address, Text: "Mưa to"), point);
    }

    private static PointBuilder BuilderFor(SeriesKey key, IndicatorSet set)
    {
        var formula = new SeriesGraph(new([set], [])).FormulaOf(key);
        Assert.NotNull(formula);
        return new(key, formula, Given.Zone);
    }

    private static Point Build(string measure, params (string Period, decimal Value)[] values)
    {
        var key = Given.Key(measure);
        var figures = values
            .Select(pair => new Figure(
                Period.Parse(pair.Period),
                new("inbox", Given.Noon, FigureValue.Of(pair.Value), ObsStatus.Normal, Vintage.Official, null),
                1
            ))
            .ToList();
        var found = Given.Catalog.FindMeasure("test", measure);
        Assert.NotNull(found);
        return BuilderFor(key, Given.Set).Build(SeriesDerivation.Derive(found.Value.Measure, key.Frequency, figures).Last());
    }
}
