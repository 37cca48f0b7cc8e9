using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation;

public sealed class SeriesDerivationTest
{
    [Fact]
    public void Pop_AmountAgainstThePeriodBefore_IsInPercent()
    {
        var result = Derive(TestCatalog.Flow, ("2025-01", 80m), ("2025-02", 100m));

        Assert.Equal(25m, result["2025-02"].Pop.Value); // (100 - 80) / 80 * 100
        Assert.Equal("no figure for 2024-12", result["2025-01"].Pop.Why);
    }

    [Fact]
    public void Yoy_NegativeBase_IsComparedWithItsAmount() =>
        // (10 - -40) / |-40| * 100
        Assert.Equal(125m, Derive(TestCatalog.Flow, ("2024-02", -40m), ("2025-02", 10m))["2025-02"].Yoy.Value);

    [Fact]
    public void Yoy_BaseIsZero_HasNoFigureAndSaysWhy()
    {
        var yoy = Derive(TestCatalog.Flow, ("2024", 0m), ("2025", 10m))["2025"].Yoy;

        Assert.Null(yoy.Value);
        Assert.Equal(Absence.BaseIsZero, yoy.Absence);
        Assert.Contains("2024 is 0", yoy.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Yoy_RateInPercent_IsInPoints() =>
        Assert.Equal(-1.01m, Derive(TestCatalog.Rate, ("2024", 99.61m), ("2025", 98.60m))["2025"].Yoy.Value);

    [Fact]
    public void Yoy_RateWithBaseZero_IsInPoints() =>
        Assert.Equal(3m, Derive(TestCatalog.Rate, ("2024", 0m), ("2025", 3m))["2025"].Yoy.Value);

    [Fact]
    public void Pop_AcrossAGap_HasNoFigure()
    {
        // A lag by rows would compare April with February.
        var pop = Derive(TestCatalog.Flow, ("2025-02", 1m), ("2025-04", 2m))["2025-04"].Pop;

        Assert.Null(pop.Value);
        Assert.Equal("no figure for 2025-03", pop.Why);
    }

    [Fact]
    public void Yoy_Week53_HasNoCounterpart()
    {
        var yoy = Derive(TestCatalog.Flow, ("2019-W52", 1m), ("2020-W53", 2m))["2020-W53"].Yoy;

        Assert.Equal(Absence.NoCounterpart, yoy.Absence);
    }

    [Fact]
    public void Yoy_29February_ComparesWith28February() =>
        Assert.Equal(100m, Derive(TestCatalog.Flow, ("2023-02-28", 2m), ("2024-02-29", 4m))["2024-02-29"].Yoy.Value);

    [Fact]
    public void Change_IndexWithAnotherBaseYear_IsNeverDivided()
    {
        var result = Derive(TestCatalog.Index, ("2015-12", 160m), ("2016-01", 104m), ("2016-12", 106m), ("2017-01", 109.2m));

        Assert.Equal(Absence.BaseYearDiffers, result["2016-01"].Pop.Absence);
        Assert.Equal(Absence.BaseYearDiffers, result["2016-12"].Yoy.Absence);
        Assert.Equal(5m, result["2017-01"].Yoy.Value); // 109.2 / 104
    }

    [Fact]
    public void Ytd_Flow_SumsFromTheFirstPeriodOfTheYear()
    {
        var result = Derive(TestCatalog.Flow, ("2024-12", 9m), ("2025-01", 1.5m), ("2025-02", 2m), ("2025-04", 4m));

        Assert.Equal(3.5m, result["2025-02"].Ytd.Total.Value);
        Assert.Equal((2, 2), (result["2025-02"].Ytd.Have, result["2025-02"].Ytd.Need));
        Assert.Equal(7.5m, result["2025-04"].Ytd.Total.Value);
        Assert.Equal((3, 4), (result["2025-04"].Ytd.Have, result["2025-04"].Ytd.Need));
    }

    [Fact]
    public void Ytd_Stock_DoesNotAddUp()
    {
        var ytd = Derive(TestCatalog.Stock, ("2025-01", 1m))["2025-01"].Ytd;

        Assert.Null(ytd.Total.Value);
        Assert.Equal(Absence.DoesNotAddUp, ytd.Total.Absence);
    }

    [Fact]
    public void Derive_MoreDigitsThanADecimalHolds_HasNoFigureAndSaysWhy()
    {
        var result = Derive(
            TestCatalog.Flow,
            ("2025-01", 0.0000000000000000000000000001m),
            ("2025-02", decimal.MaxValue),
            ("2025-03", decimal.MaxValue)
        );

        Assert.Equal(Absence.TooLarge, result["2025-02"].Pop.Absence);
        Assert.Equal(Absence.TooLarge, result["2025-03"].Ytd.Total.Absence);
    }

    [Fact]
    public void Derive_WithdrawnFigure_IsNotThere()
    {
        var period = Period.Parse("2025-02");
        var withdrawn = new Figure(
            period,
            new("inbox", DateTimeOffset.UnixEpoch, FigureValue.None, ObsStatus.Missing, Vintage.Official, null),
            2
        );
        var figures = new[] { Figure("2025-01", 1m), withdrawn, Figure("2025-03", 3m) };

        var result = SeriesDerivation.Derive(TestCatalog.Flow, Frequency.Month, figures).ToList();

        Assert.Equal(["2025-01", "2025-03"], result.Select(figure => figure.Figure.Period.ToString()));
        Assert.Equal("no figure for 2025-02", result[1].Pop.Why);
        Assert.Equal((2, 3), (result[1].Ytd.Have, result[1].Ytd.Need));
    }

    [Fact]
    public void Derive_Text_IsNotCompared()
    {
        var bulletin = new Figure(
            Period.Parse("2025-02"),
            new("inbox", DateTimeOffset.UnixEpoch, FigureValue.Of("Mưa to"), ObsStatus.Normal, Vintage.Official, null),
            1
        );

        var result = Assert.Single(SeriesDerivation.Derive(TestCatalog.Text, Frequency.Month, [bulletin]));

        Assert.Equal(Absence.NotComparable, result.Pop.Absence);
        Assert.Null(result.Ytd.Total.Value);
    }

    [Fact]
    public void Derive_CorrectedAtOneVintage_IsAsOneThatNeverWas()
    {
        Figure[] never = [Figure("2024-01", 80m), Figure("2024-02", 90m), Figure("2025-01", 100m), Figure("2025-02", 99m)];
        Figure[] corrected = [.. never.Select(figure => Corrected(figure, Vintage.Official))];

        Assert.Null(VintageColumns.From(corrected)); // nothing to choose from
        Assert.NotNull(VintageColumns.From([.. never.Select(figure => Corrected(figure, Vintage.Estimate))]));
        Assert.Equal(Of(never), Of(corrected));

        static Figure Corrected(Figure figure, Vintage before) =>
            figure with
            {
                Revision = 2,
                Earlier = [figure.Current with { Value = FigureValue.Of(7m), Vintage = before }],
            };

        static List<(decimal?, decimal?, Vintage?, decimal?, decimal?)> Of(Figure[] figures) =>
            SeriesDerivation
                .Derive(TestCatalog.Flow, Frequency.Month, figures)
                .Select(one => (one.Pop.Value, one.Yoy.Value, one.YoyBase, one.Ytd.Total.Value, one.YtdYoy.Value))
                .ToList();
    }

    internal static Figure Figure(string period, decimal value) =>
        new(
            Period.Parse(period),
            new("inbox", DateTimeOffset.UnixEpoch, FigureValue.Of(value), ObsStatus.Normal, Vintage.Official, null),
            1
        );

    private static Dictionary<string, DerivedFigure> Derive(Measure measure, params (string Period, decimal Value)[] figures) =>
        SeriesDerivation
            .Derive(
                measure,
                Period.Parse(figures[0].Period).Frequency,
                figures.Select(figure => Figure(figure.Period, figure.Value)).ToList()
            )
            .ToDictionary(figure => figure.Figure.Period.ToString(), StringComparer.Ordinal);
}
