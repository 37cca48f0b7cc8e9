using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Derivation.Graph;

/// <summary>Totals that lack parts: what may still be computed of them, and what they say.</summary>
public sealed class LackingPartsTest
{
    private const string Commune = "101@2025-07-01";

    [Fact]
    public void Rate_WhereTheDenominatorLacksAMonth_HasNoValue()
    {
        var quarter = Quarter(GraphCatalog.Rate);

        Assert.Null(quarter.Current.Value.Number);
        Assert.Equal("the total of 2025-Q4 lacks some of its parts", quarter.Computed?.Result.Why);
    }

    [Fact]
    public void StatedRate_WhereTheDenominatorLacksAMonth_IsNotComputed() =>
        Assert.Null(Quarter(GraphCatalog.Stated).Current.Value.Number);

    [Fact]
    public void Rate_WhereBothLackTheSameMonth_IsThatOfTheOthers()
    {
        var lacking = GraphCatalog.Evaluate(
            new Dictionary<SeriesKey, SortedDictionary<Period, decimal>>
            {
                [GraphCatalog.Key(GraphCatalog.Flow, Commune)] = Months(30m, "2025-10", "2025-12"),
                [GraphCatalog.Key(GraphCatalog.Below, Commune)] = Months(60m, "2025-10", "2025-12"),
            }
        );
        var quarter = Assert.Single(lacking.FiguresOf(GraphCatalog.Key(GraphCatalog.Rate, Commune, Frequency.Quarter)));

        Assert.Equal(50m, quarter.Current.Value.Number);
        Assert.False(quarter.Computed?.IsComplete);
    }

    [Fact]
    public void Rate_WhereEachLacksAnotherMonth_HasNoValue()
    {
        var lacking = GraphCatalog.Evaluate(
            new Dictionary<SeriesKey, SortedDictionary<Period, decimal>>
            {
                [GraphCatalog.Key(GraphCatalog.Flow, Commune)] = Months(30m, "2025-10", "2025-11"),
                [GraphCatalog.Key(GraphCatalog.Below, Commune)] = Months(60m, "2025-10", "2025-12"),
            }
        );
        var quarter = Assert.Single(lacking.FiguresOf(GraphCatalog.Key(GraphCatalog.Rate, Commune, Frequency.Quarter)));

        Assert.Null(quarter.Current.Value.Number);
    }

    [Fact]
    public void Difference_WhereAnInputLacksAMonth_HasNoValue() =>
        Assert.Null(Quarter(GraphCatalog.Difference).Current.Value.Number);

    [Fact]
    public void Sum_WhereAnInputLacksAMonth_IsGivenWithItsCoverage()
    {
        var quarter = Quarter(GraphCatalog.Sum);

        Assert.Equal(90m + 120m, quarter.Current.Value.Number);
        Assert.False(quarter.Computed?.IsComplete);
    }

    [Fact]
    public void Comparison_WhereTheLaterTotalLacksAPart_NamesTheLaterPeriod()
    {
        var key = GraphCatalog.Key(GraphCatalog.Below, Commune, Frequency.Quarter);
        var quarter = Evaluator().Derive(key).Single(row => row.Figure.Period == Period.Parse("2025-Q4"));

        Assert.Equal("the total of 2025-Q4 lacks some of its parts", quarter.Pop.Why);
    }

    [Fact]
    public void Year_InWhichTheMeasureTookAnothersPlace_HasTheMonthsOfBoth()
    {
        var key = GraphCatalog.Key(GraphCatalog.LateSuccessor, Commune, Frequency.Quarter);
        var quarter = Evaluator().FiguresOf(key).Single(figure => figure.Period == Period.Parse("2025-Q4"));

        Assert.Equal(30m + 7m + 7m, quarter.Current.Value.Number);
        Assert.True(quarter.Computed?.IsComplete);
    }

    private static Figure Quarter(Measure measure) =>
        Evaluator()
            .FiguresOf(GraphCatalog.Key(measure, Commune, Frequency.Quarter))
            .Single(figure => figure.Period == Period.Parse("2025-Q4"));

    private static SeriesEvaluator Evaluator() =>
        GraphCatalog.Evaluate(
            new Dictionary<SeriesKey, SortedDictionary<Period, decimal>>
            {
                [GraphCatalog.Key(GraphCatalog.Flow, Commune)] = Months(30m, "2025-10", "2025-11", "2025-12"),
                [GraphCatalog.Key(GraphCatalog.Below, Commune)] = Months(
                    60m,
                    "2025-07",
                    "2025-08",
                    "2025-09",
                    "2025-10",
                    "2025-12"
                ),
                [GraphCatalog.Key(GraphCatalog.Retired, Commune)] = Months(30m, "2025-10"),
                [GraphCatalog.Key(GraphCatalog.LateSuccessor, Commune)] = Months(7m, "2025-11", "2025-12"),
            }
        );

    private static SortedDictionary<Period, decimal> Months(decimal each, params string[] months) =>
        new(months.ToDictionary(Period.Parse, _ => each));
}
