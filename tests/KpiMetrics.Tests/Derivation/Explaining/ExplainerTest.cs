using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Derivation.Graph;

namespace KpiMetrics.Tests.Derivation.Explaining;

public sealed class ExplainerTest
{
    private const string New = GraphCatalog.NewProvince;
    private const string BacGiang = "24@1997-01-01";
    private const string OldBacNinh = "27@1997-01-01";

    private readonly Told told = new();

    [Fact]
    public void Yoy_OfAMergedProvince_IsAgainstBothPredecessors()
    {
        told.Say(GraphCatalog.Flow, BacGiang, "2024-09", 100m)
            .Say(GraphCatalog.Flow, OldBacNinh, "2024-09", 50.5m)
            .Say(GraphCatalog.Flow, New, "2025-09", 160m);

        var yoy = told.Explain(GraphCatalog.Flow, New, "2025-09")[ExplainedPart.Yoy];

        Assert.Equal("(160 - 150.5) / |150.5| * 100 = 6.312292...", yoy.Formula);
        var before = yoy.Inputs[1].Of;
        Assert.Equal((FormulaKind.Predecessors, "100 + 50.5 = 150.5"), (before.Way, before.Formula));
        Assert.Equal([BacGiang, OldBacNinh], before.Inputs.Select(input => input.Of.Series.Area));
    }

    [Fact]
    public void Value_OfADividedCommune_CountsItsPartByWeight()
    {
        told.Say(GraphCatalog.Flow, "101@1997-01-01", "2025-05", 8m).Say(GraphCatalog.Flow, "102@1997-01-01", "2025-05", 4m);

        var value = told.Explain(GraphCatalog.Flow, "101@2025-07-01", "2025-05").Value;

        Assert.Equal("8 + 4 * 0.25 = 9", value.Formula);
        Assert.Equal(9m, value.Recompute());
    }

    [Fact]
    public void Value_OfADividedCommuneWithoutWeights_SaysWhyAndShowsWhatThereIs()
    {
        told.Say(GraphCatalog.Flow, "103@1997-01-01", "2025-05", 8m).Say(GraphCatalog.Flow, "104@1997-01-01", "2025-05", 4m);

        var value = told.Explain(GraphCatalog.Flow, "103@2025-07-01", "2025-05").Value;

        Assert.Equal(Absence.AreaDivided, value.Result.Absence);
        Assert.Equal((null, null), (value.Recompute(), value.Formula));
        Assert.Equal([8m, 4m], value.Inputs.Select(input => input.Of.Result.Value));
    }

    [Fact]
    public void Rate_OverCommunes_IsTheRatioOfTheirSums()
    {
        told.Say(GraphCatalog.Flow, "101@2025-07-01", "2025-08", 30m)
            .Say(GraphCatalog.Below, "101@2025-07-01", "2025-08", 60m)
            .Say(GraphCatalog.Flow, "102@2025-07-01", "2025-08", 20m)
            .Say(GraphCatalog.Below, "102@2025-07-01", "2025-08", 20m);

        var rate = told.Explain(GraphCatalog.Stated, New, "2025-08").Value;

        // (30 + 20) / (60 + 20), not the mean of 50 % and 100 %.
        Assert.Equal("50 / 80 * 100 = 62.5", rate.Formula);
        Assert.Equal((FormulaKind.AreasWithin, "30 + 20 = 50"), (rate.Inputs[0].Of.Way, rate.Inputs[0].Of.Formula));
        Assert.Equal((2, 5), rate.Inputs[0].Of.Coverage);
        Assert.Equal("no figure for 2025-08", rate.Inputs[0].Of.Inputs[^1].Of.Result.Why);
    }

    [Fact]
    public void Ytd_WithARestatedMonthAndARunningTotal_ShowsWhatWasTakenOff()
    {
        told.Say(GraphCatalog.Flow, New, "2025-07", 10m, Vintage.Estimate)
            .Say(GraphCatalog.Flow, New, "2025-08", 20m)
            .Say(GraphCatalog.Total, New, "2025-08", 131m)
            .Say(GraphCatalog.Flow, New, "2025-07", 11m, day: 30)
            .Say(GraphCatalog.Flow, New, "2025-09", 160m, day: 30);

        var ytd = told.Explain(GraphCatalog.Flow, New, "2025-09")[ExplainedPart.Ytd];

        Assert.Equal("131 + 11 - 10 + 160 = 292", ytd.Formula);
        Assert.Equal(
            [InputRole.RunningTotal, InputRole.Part, InputRole.Subtrahend, InputRole.Part],
            ytd.Inputs.Select(input => input.Role)
        );
        Assert.Equal((Vintage.Estimate, 1), (ytd.Inputs[2].Of.Said?.Vintage, ytd.Inputs[2].Of.Revisions.Single().Number));
    }

    [Fact]
    public void Yoy_OfAnEstimate_IsAgainstTheEstimateOfTheYearBefore()
    {
        told.Say(GraphCatalog.Flow, New, "2026-08", 20m, Vintage.Estimate)
            .Say(GraphCatalog.Flow, New, "2025-08", 10m, Vintage.Estimate)
            .Say(GraphCatalog.Flow, New, "2025-08", 16m, day: 30);

        var yoy = told.Explain(GraphCatalog.Flow, New, "2026-08")[ExplainedPart.Yoy];

        Assert.Equal("(20 - 10) / |10| * 100 = 100", yoy.Formula);
        Assert.Equal(Vintage.Estimate, yoy.Inputs[1].Of.Said?.Vintage);
    }

    [Fact]
    public void Plan_OfAFlow_IsTheYearSoFarOfThePlanWithItsProgress()
    {
        told.Say(GraphCatalog.Flow, New, "2025-Q1", 100m)
            .Say(GraphCatalog.Flow, New, "2025-Q2", 200m)
            .PlanFor(GraphCatalog.Flow, New, "2025", 1200m);

        var explained = told.Explain(GraphCatalog.Flow, New, "2025-Q2");

        var plan = explained[ExplainedPart.Plan];
        Assert.Equal("300 / 1200 * 100 = 25", plan.Formula);
        Assert.Equal(("12/NQ-HĐND", 1200m), (plan.Inputs[1].Of.Plan?.Decision, plan.Inputs[1].Of.Result.Value));
        Assert.Equal(450m, explained.Progress?.PaceNeeded.Value); // (1200 - 300) / 2
        Assert.Equal(PlanBasis.Even, explained.Progress?.Allocation?.Basis);
    }

    [Fact]
    public void Plan_GivenByQuarters_IsTheirSum()
    {
        told.Say(GraphCatalog.Flow, New, "2025-Q1", 100m);
        foreach (var quarter in (string[])["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"])
            told.PlanFor(GraphCatalog.Flow, New, quarter, 50m);

        var planned = told.Explain(GraphCatalog.Flow, New, "2025-Q1")[ExplainedPart.Plan].Inputs[1].Of;

        Assert.Equal("50 + 50 + 50 + 50 = 200", planned.Formula);
    }

    [Fact]
    public void Pop_OfARunningTotal_ComparesTheAmountsBehindIt()
    {
        told.Say(GraphCatalog.Running, New, "2025-07", 5m)
            .Say(GraphCatalog.Running, New, "2025-08", 9m)
            .Say(GraphCatalog.Running, New, "2025-09", 15m);

        var pop = told.Explain(GraphCatalog.Running, New, "2025-09")[ExplainedPart.Pop];

        Assert.Equal("(6 - 4) / |4| * 100 = 50", pop.Formula);
        Assert.Equal(["15 - 9 = 6", "9 - 5 = 4"], pop.Inputs.Select(input => input.Of.Formula));
    }

    [Fact]
    public void Yoy_OverAChangeOfBase_DividesByTheLink()
    {
        told.Say(Told.Index, New, "2023-12", 106.25m).Say(Told.Index, New, "2024-12", 105m);

        var yoy = told.Explain(Told.Index, New, "2024-12")[ExplainedPart.Yoy];

        Assert.Equal("(105 - (106.25 / 1.0625)) / |106.25 / 1.0625| * 100 = 5", yoy.Formula);
    }

    [Fact]
    public void Value_Reported_TellsItsRevisionsAndWhatOtherSourcesSay()
    {
        told.Say(GraphCatalog.Flow, New, "2025-08", 10m)
            .Say(GraphCatalog.Flow, New, "2025-08", 10m, day: 1)
            .Say(GraphCatalog.Flow, New, "2025-08", 12m, day: 2)
            .Say(GraphCatalog.Flow, New, "2025-08", 13m, day: 3, source: "narrative");

        var value = told.Explain(GraphCatalog.Flow, New, "2025-08").Value;

        Assert.Equal([(1, 10m, false), (2, 12m, true)], value.Revisions.Select(Shown));
        var other = Assert.Single(value.Others);
        Assert.Equal(("narrative", 13m, false), (other.Statement.Source, other.Statement.Value.Number, other.Agrees));

        static (int, decimal, bool) Shown(Revision revision) =>
            (revision.Number, revision.Statement.Value.Number.GetValueOrDefault(), revision.Counts);
    }

    [Fact]
    public void Value_ReportedRate_IsAlsoWorkedOutFromItsRows()
    {
        told.Say(GraphCatalog.Stated, New, "2025-08", 99.61m)
            .Say(GraphCatalog.Flow, New, "2025-08", 151619m)
            .Say(GraphCatalog.Below, New, "2025-08", 153771m);

        var explained = told.Explain(GraphCatalog.Stated, New, "2025-08");

        Assert.Equal((99.61m, null), (explained.Value.Result.Value, explained.Value.Formula));
        Assert.Equal("151619 / 153771 * 100 = 98.600516...", explained.Otherwise?.Formula);
    }

    [Fact]
    public void Value_NobodyReported_HasAReasonAndItsBasis()
    {
        var explained = told.Explain(GraphCatalog.Flow, New, "2025-08");

        Assert.Equal("no figure for 2025-08", explained.Value.Result.Why);
        Assert.All(explained.Comparisons, comparison => Assert.Null(comparison.Result.Value));
        Assert.Equal(("1/QĐ-UBND", "Phòng Kinh tế"), (explained.Basis.Set.Decision, explained.Basis.Indicator.Agency));
        Assert.Equal([BacGiang, OldBacNinh], explained.Basis.Predecessors.Select(origin => origin.Area.Id));
    }

    [Fact]
    public void Formula_OfManyTerms_IsCut()
    {
        for (var day = 1; day <= 12; day++)
            told.Say(GraphCatalog.Flow, New, $"2025-{day:00}", day);
        told.Say(GraphCatalog.Flow, New, "2026-01", 1m);

        Assert.Equal(
            "1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 = 78",
            told.Explain(GraphCatalog.Flow, New, "2025-12")[ExplainedPart.Ytd].Formula
        );
        Assert.Equal(
            "(1 - 12) / |12| * 100 = -91.666666...",
            told.Explain(GraphCatalog.Flow, New, "2026-01")[ExplainedPart.Pop].Formula
        );
    }

    [Fact]
    public void Explain_ASeriesThatTheCatalogDoesNotKnow_IsNothing() =>
        Assert.Null(
            told.Explainer().Explain(GraphCatalog.Key(GraphCatalog.Flow, New) with { Measure = "X" }, Period.Parse("2025-08"))
        );
}
