using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation;

/// <summary>Averages of an index whose base changes in August 2020: 100 of the new base is 125 of the old one.</summary>
public sealed class IndexBasesTest
{
    private const decimal Link = 1.25m;

    [Theory]
    [InlineData(OverTime.Mean)]
    [InlineData(OverTime.GeometricMean)]
    public void YearSoFar_OverALink_IsInTheNewBase(OverTime how)
    {
        var ytd = YearSoFar(Index(how, Link), ("2020-07", 125m), ("2020-08", 100m));

        Assert.Equal((125m, 100m), (ytd[0].Total.Value, ytd[1].Total.Value));
    }

    [Theory]
    [InlineData(OverTime.Mean)]
    [InlineData(OverTime.GeometricMean)]
    public void YearSoFar_WithoutALink_IsRefused(OverTime how)
    {
        var ytd = YearSoFar(Index(how, null), ("2020-07", 125m), ("2020-08", 100m));

        Assert.Equal((125m, Absence.BaseYearDiffers), (ytd[0].Total.Value, ytd[1].Total.Absence));
    }

    /// <summary>Also while only July is known: the quarter is compared as one of the new base.</summary>
    [Theory]
    [InlineData(OverTime.Mean, "2020-07")]
    [InlineData(OverTime.GeometricMean, "2020-07")]
    [InlineData(OverTime.Max, "2020-07")]
    [InlineData(OverTime.Last, "2020-07")]
    [InlineData(OverTime.Mean, "2020-08")]
    public void Quarter_InWhichTheBaseChanges_IsInTheNewBase(OverTime how, string until)
    {
        (string, decimal)[] months = [("2020-07", 125m), ("2020-08", 100m)];
        var known = months.Where(month => string.CompareOrdinal(month.Item1, until) <= 0).ToArray();

        Assert.Equal(100m, Assert.Single(Quarters(Index(how, Link), known)).Current.Value.Number);
        var refused = Assert.Single(Quarters(Index(how, null), known));
        Assert.Equal("the index has another base year in 2020-07", refused.Computed?.Result.Why);
    }

    [Theory]
    [InlineData("2020-06", "2020-07", 1)]
    [InlineData("2020-07", "2020-08", 1.25)]
    [InlineData("2020-Q2", "2020-Q3", 1.25)]
    [InlineData("2019-Q3", "2020-Q3", 1.25)]
    [InlineData("2020-Q3", "2020-Q4", 1)]
    [InlineData("2019", "2020", 1.25)]
    [InlineData("2020", "2021", 1)]
    public void Between_PeriodsOfEveryLength_CountsTheBaseAtTheirEnd(string earlier, string later, double expected) =>
        Assert.Equal(
            (decimal)expected,
            IndexLink.Between(Index(OverTime.Mean, Link), Period.Parse(earlier), Period.Parse(later))
        );

    private static Measure Index(OverTime how, decimal? link) =>
        TestCatalog.Index with
        {
            DeclaredOverTime = how,
            Bases = [new(Period.Parse("2015-01"), "2014"), new(Period.Parse("2020-08"), "2019", link)],
        };

    private static YearToDateColumn YearSoFar(Measure measure, params (string Period, decimal Value)[] months) =>
        YearToDate.Over(SeriesColumns.From(Frequency.Month, Figures(months)), measure);

    private static IEnumerable<Figure> Quarters(Measure measure, params (string Period, decimal Value)[] months) =>
        FinerPeriods.RollUp(measure, Frequency.Quarter, Figures(months), TestCatalog.Set.Regime);

    private static List<Figure> Figures((string Period, decimal Value)[] months) =>
        [
            .. months.Select(month => new Figure(
                Period.Parse(month.Period),
                new("forms", DateTimeOffset.UnixEpoch, FigureValue.Of(month.Value), 'A', Vintage.Official, null),
                1
            )),
        ];
}
