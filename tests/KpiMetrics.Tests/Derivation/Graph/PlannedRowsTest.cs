using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.Graph;

/// <summary>Rows that compare with a plan ("so với dự toán", "so với kịch bản").</summary>
public sealed class PlannedRowsTest
{
    private static readonly Measure Budget = Row("T-01.07", "");
    private static readonly Measure Scenario = Row("T-01.08", "kich-ban");

    private readonly List<PlanVersion> plans = [];

    [Fact]
    public void Plan_TwoRowsOfTwoSchemes_EachIsHeldAgainstItsOwn()
    {
        plans.Add(Plan("", 1200m));
        plans.Add(Plan("kich-ban", 2000m));

        Assert.Equal(8.33m, decimal.Round(Only(Budget).Figure.Current.Value.Number ?? 0m, 2)); // 100 of 1200
        Assert.Equal(5m, Only(Scenario).Figure.Current.Value.Number); // 100 of 2000
    }

    [Fact]
    public void Plan_OnlyTheOtherSchemeIsThere_HasNoFigure()
    {
        plans.Add(Plan("", 1200m));

        Assert.Equal(Absence.NoPlan, Only(Scenario).Figure.Computed?.Result.Absence);
    }

    [Fact]
    public void Plan_OfARowThatIsAPercentOfAPlan_IsNotTakenASecondTime()
    {
        plans.Add(Plan("", 1200m));

        Assert.Equal(Absence.NoPlan, Only(Budget).Plan.Absence);
    }

    [Fact]
    public void Current_AssignedSentAgainAfterAnAdjustment_TheAdjustedCounts()
    {
        plans.Add(Plan("", 1500m) with { Kind = PlanKind.Adjusted });
        plans.Add(Plan("", 1200m) with { ReceivedAt = DateTimeOffset.UnixEpoch.AddDays(9), Decision = "12/NQ-HĐND" });

        Assert.Equal(1500m, PlanVersions.Current(plans)?.Value);
    }

    private DerivedFigure Only(Measure row)
    {
        var group = TestCatalog.Set.Groups[0];
        var indicator = group.Indicators[0] with { Measures = [.. group.Indicators[0].Measures, Budget, Scenario] };
        var set = TestCatalog.Set with { Groups = [group with { Indicators = [indicator] }] };
        var flow = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        var evaluator = new SeriesEvaluator(
            new(new([set], TestCatalog.Snapshot.Areas)),
            key => key == flow ? [GraphCatalog.Figure(Period.Parse("2026-01"), 100m)] : [],
            key => key == flow ? plans : []
        );
        return Assert.Single(evaluator.Derive(TestCatalog.Series(row, Frequency.Month)));
    }

    private static PlanVersion Plan(string scheme, decimal value) =>
        new(scheme, Period.Parse("2026"), value, PlanKind.Assigned, null, DateTimeOffset.UnixEpoch, null);

    private static Measure Row(string code, string scheme) =>
        TestCatalog.Rate with
        {
            Code = code,
            Name = code,
            Derived = new(DerivedRule.Plan, [TestCatalog.Flow.Code], scheme),
        };
}
