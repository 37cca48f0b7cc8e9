using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Derivation.Graph;

/// <summary>What a figure is made of where rows cover other days, and where several ways give one.</summary>
public sealed class SeriesEvaluatorTest
{
    private const string Area = "105@1997-01-01";

    private static readonly Measure Above = Row("01", MeasureKind.Flow);
    private static readonly Measure Below = Row("02", MeasureKind.Flow);
    private static readonly Measure Cut = Row("03", MeasureKind.Flow);
    private static readonly Measure Rate = Row("04", MeasureKind.Ratio) with
    {
        Identities = [new(IdentityRule.Ratio, [Above.Code, Below.Code], null)],
    };
    private static readonly Measure CutRate = Row("05", MeasureKind.Ratio) with
    {
        Identities = [new(IdentityRule.Ratio, [Above.Code, Cut.Code], null)],
    };
    private static readonly Measure Heir = Row("06", MeasureKind.Flow) with
    {
        From = new(2025, 7, 1),
        Replaces = new(Above.Code, Continues: true),
    };
    private static readonly Measure CutTotal = Row("07", MeasureKind.Cumulative) with
    {
        Derived = new(DerivedRule.Ytd, [Above.Code]),
    };
    private static readonly Measure Plan = Row("08", MeasureKind.Ratio) with { Derived = new(DerivedRule.Plan, [Above.Code]) };
    private static readonly Measure CutHeir = Row("09", MeasureKind.Flow) with
    {
        From = new(2025, 7, 1),
        Replaces = new(Below.Code, Continues: true),
    };
    private static readonly Measure Lines = Row("10", MeasureKind.Flow) with { Subjects = [new("a", "A")] };
    private static readonly Measure SumOfAll = Row("11", MeasureKind.Flow) with
    {
        Derived = new(DerivedRule.Sum, [Above.Code, Lines.Code]),
    };

    private static readonly IndicatorSet Set = GraphCatalog.Set with
    {
        Groups =
        [
            new(
                "A",
                "Nhóm",
                [
                    Indicator("A01", WindowRule.Calendar, Above, Below, Rate, CutRate, Heir, Plan, Lines, SumOfAll),
                    Indicator("A02", WindowRule.Cutoff15, Cut, CutTotal, CutHeir),
                ]
            ),
        ],
    };

    private static readonly SeriesGraph Graph = new(new([Set], GraphCatalog.Areas));

    private readonly Dictionary<SeriesKey, List<Figure>> reported = [];
    private readonly List<PlanVersion> plans = [];

    [Fact]
    public void Rate_PartsCoverOtherDays_HasNoFigureAndSaysWhy()
    {
        Say(Above, ("2025-03", 10m));
        Say(Below, ("2025-03", 20m));
        Say(Cut, ("2025-03", 20m));

        Assert.Equal(0.5m, Only(Rate).Current.Value.Number);
        Assert.Equal(Absence.WindowsDiffer, Only(CutRate).Computed?.Result.Absence);
    }

    [Fact]
    public void FormerMeasure_CoveredOtherDays_IsNoHistory()
    {
        Say(Below, ("2025-03", 20m));

        Assert.Equal(Absence.WindowsDiffer, Only(CutHeir).Computed?.Result.Absence);
    }

    [Fact]
    public void Ytd_ReportedRunningTotalOfOtherDays_IsNotBuiltOn()
    {
        Say(Above, ("2025-01", 1m), ("2025-02", 2m));
        Say(CutTotal, ("2025-01", 100m));

        Assert.Equal(3m, Evaluator().Derive(Key(Above)).Last().Ytd.Total.Value);
    }

    [Fact]
    public void Year_MeasureReplacedInMidYear_IsThatOfBothAndNotTheFormersHalf()
    {
        Say(Above, [.. Months(1, 6).Select(month => (month, 1m))]);
        Say(Heir, [.. Months(7, 6).Select(month => (month, 1m))]);

        var year = Assert.Single(Evaluator().FiguresOf(Key(Heir, Frequency.Year)));

        Assert.Equal((12m, 4, 4), (year.Current.Value.Number, year.Computed?.Have, year.Computed?.Need));
    }

    [Fact]
    public void PlanRow_AMonthOfTheYearIsMissing_IsNotWhole()
    {
        plans.Add(new("", Period.Parse("2025"), 100m, PlanKind.Assigned, null, DateTimeOffset.UnixEpoch, null));
        Say(Above, ("2025-01", 10m), ("2025-03", 10m));

        var last = Evaluator().FiguresOf(Key(Plan))[^1];

        Assert.Equal((20m, 2, 3), (last.Current.Value.Number, last.Computed?.Have, last.Computed?.Need));
    }

    [Fact]
    public void SumRow_AnInputHasNotTheSubject_IsNotTheSumOfTheOthers()
    {
        Say(Above, ("2025-01", 10m));

        Assert.Empty(Evaluator().FiguresOf(Key(SumOfAll)));
    }

    [Fact]
    public void Yoy_EstimateOfTheYearBeforeWasWithdrawn_IsAgainstTheNewest()
    {
        var before = Statement(8m, Vintage.Official);
        var known = new Figure(Period.Parse("2024-01"), before, 3)
        {
            Earlier = [Statement(5m, Vintage.Estimate), Statement(null, Vintage.Estimate)],
        };
        reported[Key(Above)] = [known, new(Period.Parse("2025-01"), Statement(10m, Vintage.Estimate), 1)];

        var row = Evaluator().Derive(Key(Above)).Last();

        Assert.Equal((25m, Vintage.Official), (row.Yoy.Value, row.YoyBase));
    }

    [Fact]
    public void Season_ATotalLacksAPart_IsNotCompared()
    {
        Figure Of(string month, int have) =>
            GraphCatalog.Figure(Period.Parse(month), 10m) with
            {
                Computed = new(FormulaKind.AreasWithin, Derived.Of(10m), have, 2),
            };

        var compared = Seasons.Compare(
            Above,
            [Of("2024-06", 1), Of("2024-11", 2)],
            GraphCatalog.Set.Seasons,
            sameLastYear: false,
            month => DateOnly.FromDateTime(month.End.AddDays(-1)),
            WindowForms.Calendar
        );

        Assert.Equal(Absence.Incomplete, compared.Last().Computed?.Result.Absence);
    }

    private static IEnumerable<string> Months(int first, int count) =>
        Enumerable.Range(first, count).Select(month => $"2025-{month:00}");

    private Figure Only(Measure measure) => Assert.Single(Evaluator().FiguresOf(Key(measure)));

    private SeriesEvaluator Evaluator() =>
        new(Graph, key => reported.GetValueOrDefault(key) ?? [], key => key == Key(Above) ? plans : []);

    private void Say(Measure measure, params (string Period, decimal Value)[] figures) =>
        reported[Key(measure)] = [.. figures.Select(figure => GraphCatalog.Figure(Period.Parse(figure.Period), figure.Value))];

    private static Statement Statement(decimal? value, Vintage vintage) =>
        new(
            "inbox",
            DateTimeOffset.UnixEpoch,
            value is { } number ? FigureValue.Of(number) : FigureValue.None,
            'A',
            vintage,
            null
        );

    private static SeriesKey Key(Measure measure, Frequency frequency = Frequency.Month) =>
        new(
            Set.Code,
            Set.Indicators.First(indicator => indicator.Measures.Contains(measure)).Code,
            measure.Code,
            "",
            Area,
            frequency
        );

    private static Measure Row(string number, MeasureKind kind) =>
        new()
        {
            Code = $"E-{number}",
            Name = number,
            Kind = kind,
            Aggregation = Aggregation.None,
        };

    private static Indicator Indicator(string code, WindowRule windows, params Measure[] measures) =>
        new()
        {
            Code = code,
            Group = "A",
            Number = code,
            Name = code,
            Agency = "Phòng Kinh tế",
            Frequencies = [Frequency.Month, Frequency.Quarter, Frequency.Year],
            Regime = [new(new(2020, 1, 1), windows, null, null)],
            Measures = measures,
        };
}
