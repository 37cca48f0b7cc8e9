using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Tests.Derivation.Graph;

using KpiMetrics.Core.Periods; // within the namespace, as ASP.NET brings a namespace Windows

/// <summary>Each way to a figure that nobody reported, by numbers checked by hand.</summary>
public sealed class GraphExamplesTest
{
    private const string Old101 = "101@1997-01-01";
    private const string Old102 = "102@1997-01-01";
    private const string Old103 = "103@1997-01-01";
    private const string Old104 = "104@1997-01-01";

    private readonly Dictionary<SeriesKey, SortedDictionary<Period, decimal>> reported = [];

    [Fact]
    public void FormerMeasure_HistoryGoesOn_IsComparedWith()
    {
        Report(GraphCatalog.Flow, Old101, "2024-01", 100m);
        Report(GraphCatalog.Successor, Old101, "2025-01", 120m);

        var rows = Rows(GraphCatalog.Successor, Old101);

        Assert.Equal(20m, rows["2025-01"].Yoy.Value);
        Assert.Equal(FormulaKind.FormerMeasure, rows["2024-01"].Figure.Computed?.Kind);
    }

    [Fact]
    public void Quotient_PartsReportedAndTheRateNot_IsTheirQuotientInPercent()
    {
        Report(GraphCatalog.Flow, Old101, "2024-01", 30m);
        Report(GraphCatalog.Below, Old101, "2024-01", 40m);
        Report(GraphCatalog.Flow, Old101, "2024-02", 30m);
        Report(GraphCatalog.Below, Old101, "2024-02", 0m);
        Report(GraphCatalog.Stated, Old101, "2024-03", 99m);
        Report(GraphCatalog.Flow, Old101, "2024-03", 1m);
        Report(GraphCatalog.Below, Old101, "2024-03", 2m);

        var rows = Rows(GraphCatalog.Stated, Old101);

        Assert.Equal(75m, rows["2024-01"].Figure.Current.Value.Number);
        Assert.Equal(Absence.BaseIsZero, rows["2024-02"].Figure.Computed?.Result.Absence);
        Assert.Equal(99m, rows["2024-03"].Figure.Current.Value.Number); // what an office says stays
    }

    [Fact]
    public void Quotient_OfAProvince_IsTheRatioOfSumsAndNotTheMeanOfRates()
    {
        Report(GraphCatalog.Flow, Old101, "2024-01", 1m);
        Report(GraphCatalog.Below, Old101, "2024-01", 2m); // 50 %
        Report(GraphCatalog.Flow, Old102, "2024-01", 9m);
        Report(GraphCatalog.Below, Old102, "2024-01", 98m); // 9.2 %

        Assert.Equal(10m, Rows(GraphCatalog.Stated, "24@1997-01-01")["2024-01"].Figure.Current.Value.Number); // 10 of 100
    }

    [Fact]
    public void AreasWithin_OneOfTwoReported_IsGivenWithItsCoverageAndNotCompared()
    {
        Report(GraphCatalog.Flow, Old101, "2024-01", 10m);
        Report(GraphCatalog.Flow, Old102, "2024-01", 20m);
        Report(GraphCatalog.Flow, Old101, "2025-01", 15m);

        var rows = Rows(GraphCatalog.Flow, "24@1997-01-01");

        Assert.Equal((30m, 2, 2), Parts(rows["2024-01"]));
        Assert.Equal((15m, 1, 2), Parts(rows["2025-01"]));
        Assert.Equal("the total of 2025-01 lacks some of its parts", rows["2025-01"].Yoy.Why);
    }

    [Fact]
    public void AreasWithin_CommuneThatIsOlderThanItsProvince_CountsFromThatProvincesFirstDayOn()
    {
        var commune = GraphCatalog.Communes[0] with { To = null };
        var province = GraphCatalog.Areas.Single(area => area.Id == GraphCatalog.NewProvince);
        var figures = Enumerable
            .Range(0, 2)
            .Select(month => GraphCatalog.Figure(Period.Parse("2025-06").Shift(month), 1m))
            .ToList();

        var sums = AreasWithin.Sum(province, [(commune, figures)], period => Windows.Of(period, WindowRule.Calendar).LastDay);

        Assert.Equal("2025-07", Assert.Single(sums).Period.ToString());
    }

    [Fact]
    public void FinerPeriods_AQuarterOfTwoMonths_IsGivenWithItsCoverageAndStatesAreTheLast()
    {
        Report(GraphCatalog.Flow, Old101, "2024-01", 10m);
        Report(GraphCatalog.Flow, Old101, "2024-03", 5m);
        Report(GraphCatalog.Stock, Old101, "2024-02", 7m);
        Report(GraphCatalog.Stock, Old101, "2024-03", 8m);

        Assert.Equal((15m, 2, 3), Parts(Rows(GraphCatalog.Flow, Old101, Frequency.Quarter)["2024-Q1"]));
        Assert.Equal((8m, 1, 1), Parts(Rows(GraphCatalog.Stock, Old101, Frequency.Quarter)["2024-Q1"]));
    }

    [Fact]
    public void Predecessors_AWholeOneAndAQuarterOfAnother_AreWeighed()
    {
        Report(GraphCatalog.Stock, Old101, "2025-06", 100m);
        Report(GraphCatalog.Stock, Old102, "2025-06", 40m);

        Assert.Equal((110m, 2, 2), Parts(Rows(GraphCatalog.Stock, "101@2025-07-01")["2025-06"])); // 100 + 40 / 4
        Assert.Equal((30m, 1, 1), Parts(Rows(GraphCatalog.Stock, "102@2025-07-01")["2025-06"]));
    }

    [Fact]
    public void Predecessors_DividedWithoutWeights_AreABreakThatNamesIt()
    {
        Report(GraphCatalog.Flow, Old103, "2025-06", 100m);
        Report(GraphCatalog.Flow, Old104, "2025-06", 40m);
        Report(GraphCatalog.Flow, "103@2025-07-01", "2026-06", 1m);

        var rows = Rows(GraphCatalog.Flow, "103@2025-07-01");

        Assert.Equal(ObsStatus.Break, rows["2025-06"].Figure.Current.Status);
        Assert.Equal("break in the series: Xã Tư (104@1997-01-01) was divided and no weights are given", rows["2026-06"].Yoy.Why);
    }

    [Fact]
    public void Predecessors_OneMissing_NamesIt()
    {
        Report(GraphCatalog.Flow, Old101, "2025-06", 100m);
        Report(GraphCatalog.Flow, "101@2025-07-01", "2026-06", 1m);

        Assert.Equal(
            "no figure of Xã Hai (102@1997-01-01) for 2025-06",
            Rows(GraphCatalog.Flow, "101@2025-07-01")["2026-06"].Yoy.Why
        );
    }

    [Fact]
    public void RunningTotal_ThatFalls_GivesANegativeAmountAndGoesOn()
    {
        Report(GraphCatalog.Running, Old101, "2024-01", 10m);
        Report(GraphCatalog.Running, Old101, "2024-02", 8m); // -2
        Report(GraphCatalog.Running, Old101, "2024-03", 11m); // 3
        Report(GraphCatalog.Running, Old101, "2025-01", 12m);
        Report(GraphCatalog.Running, Old101, "2025-03", 22m);

        var rows = Rows(GraphCatalog.Running, Old101);

        Assert.Equal(-120m, rows["2024-02"].Pop.Value); // -2 against 10
        Assert.Equal(250m, rows["2024-03"].Pop.Value); // 3 against -2
        Assert.Equal(20m, rows["2025-01"].Yoy.Value);
        Assert.Equal("no figure for 2025-02", rows["2025-03"].Yoy.Why);
        Assert.Equal(22m, rows["2025-03"].Ytd.Total.Value);
        Assert.Equal(100m, rows["2025-03"].YtdYoy.Value); // 22 against 11, whatever happened in February
    }

    [Fact]
    public void Rule_RunningTotalOfAFlow_HasTheCoverageOfItsMonths()
    {
        Report(GraphCatalog.Flow, Old101, "2024-01", 3m);
        Report(GraphCatalog.Flow, Old101, "2024-03", 4m);

        Assert.Equal((7m, 2, 3), Parts(Rows(GraphCatalog.Total, Old101)["2024-03"]));
    }

    private void Report(Measure measure, string area, string period, decimal value)
    {
        var at = Period.Parse(period);
        var key = GraphCatalog.Key(measure, area, at.Frequency);
        if (!reported.TryGetValue(key, out var figures))
            reported[key] = figures = [];
        figures[at] = value;
    }

    private Dictionary<string, DerivedFigure> Rows(Measure measure, string area, Frequency frequency = Frequency.Month) =>
        GraphCatalog
            .Evaluate(reported)
            .Derive(GraphCatalog.Key(measure, area, frequency))
            .ToDictionary(row => row.Figure.Period.ToString(), StringComparer.Ordinal);

    private static (decimal?, int, int) Parts(DerivedFigure row) =>
        (row.Figure.Current.Value.Number, row.Figure.Computed?.Have ?? 0, row.Figure.Computed?.Need ?? 0);
}
