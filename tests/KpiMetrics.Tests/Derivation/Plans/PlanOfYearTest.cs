using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;

namespace KpiMetrics.Tests.Derivation.Plans;

public sealed class PlanOfYearTest
{
    private static readonly PlanVersion Assigned = Planned.Plan("2026", 1200m, decision: "12/NQ-HĐND");
    private static readonly PlanVersion Adjusted = Planned.Plan("2026", 1500m, Planned.July, PlanKind.Adjusted, "30/NQ-HĐND");

    [Fact]
    public void Of_AssignedThenAdjusted_CountsWhatWasKnown()
    {
        Assert.Null(Total([Assigned, Adjusted], Planned.January.AddSeconds(-1)));
        Assert.Equal(1200m, Total([Assigned, Adjusted], Planned.January));
        Assert.Equal(1200m, Total([Adjusted, Assigned], Planned.July.AddSeconds(-1)));
        Assert.Equal(1500m, Total([Adjusted, Assigned], Planned.July));
        Assert.Equal(1500m, Total([Assigned, Adjusted]));
    }

    [Fact]
    public void Of_OneInstant_CountsAdjustedThenTheGreater() =>
        Assert.Equal(
            1100m,
            Total([
                Planned.Plan("2026", 2000m),
                Planned.Plan("2026", 1000m, kind: PlanKind.Adjusted),
                Planned.Plan("2026", 1100m, kind: PlanKind.Adjusted),
            ])
        );

    [Fact]
    public void Of_TheFirstPlanSentAgain_DoesNotUndoItsAdjustment() =>
        Assert.Equal(1500m, Total([Assigned, Adjusted, Assigned with { ReceivedAt = Planned.July.AddDays(100) }]));

    [Fact]
    public void Of_AnOldDecisionSentAgain_DoesNotUndoALaterOne()
    {
        var later = Planned.Plan("2026", 1400m, Planned.July.AddDays(60), PlanKind.Adjusted, "45/NQ-HĐND");

        Assert.Equal(1400m, Total([Assigned, Adjusted, later, Adjusted with { ReceivedAt = Planned.July.AddDays(90) }]));
        Assert.Equal(
            1500m,
            Total([Assigned, Adjusted, later, Adjusted with { Decision = "50/NQ-HĐND", ReceivedAt = Planned.July.AddDays(90) }])
        );
    }

    [Fact]
    public void Of_AnotherSchemeOrYear_IsAnotherPlan()
    {
        PlanVersion[] versions = [Planned.Plan("2026", 1m, scheme: "du-toan"), Planned.Plan("2026", 2m, scheme: "kich-ban")];

        Assert.Null(Total(versions));
        Assert.Equal(2m, PlanOfYear.Of(versions, 2026, MeasureKind.Flow, "kich-ban")?.Total.Value);
        Assert.Null(PlanOfYear.Of(versions, 2025, MeasureKind.Flow, "du-toan"));
    }

    [Fact]
    public void Of_AllPartsAndNoYear_IsTheirSum()
    {
        PlanVersion[] quarters =
        [
            Planned.Plan("2026-Q1", 10m),
            Planned.Plan("2026-Q2", 20m),
            Planned.Plan("2026-Q3", 30m),
            Planned.Plan("2026-Q4", 40m),
        ];

        Assert.Equal(100m, Total(quarters));
        Assert.Equal(110m, Total([.. quarters, Planned.Plan("2026-Q4", 50m, Planned.July, PlanKind.Adjusted)]));
        Assert.Null(Total(quarters[..3]));
        Assert.Null(PlanOfYear.Of(quarters, 2026, MeasureKind.Stock));
    }

    /// <summary>Whatever order the statements of a plan are read in, the same one counts.</summary>
    [Fact]
    public void Of_AnyOrder_CountsTheSameVersion()
    {
        var version =
            from value in Gen.Choose(1, 3)
            from day in Gen.Choose(0, 4)
            from kind in Gen.Elements(PlanKind.Assigned, PlanKind.Adjusted)
            from decision in Gen.Elements(null, "12", "13")
            select Planned.Plan("2026", value, Planned.January.AddDays(day), kind, decision);
        var cases =
            from versions in version.NonEmptyListOf()
            from shuffled in Gen.Shuffle(versions.ToArray())
            select (versions.ToArray(), shuffled);
        Prop.ForAll(cases.ToArbitrary(), both => Plan(both.Item1) == Plan(both.shuffled)).QuickCheckThrowOnFailure();

        static PlanVersion? Plan(PlanVersion[] versions) => PlanOfYear.Of(versions, 2026, MeasureKind.Flow)?.Version;
    }

    private static decimal? Total(PlanVersion[] versions, DateTimeOffset? asOf = null) =>
        PlanOfYear.Of(versions, 2026, MeasureKind.Flow, asOf: asOf)?.Total.Value;
}
