using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger.Reports;

namespace KpiMetrics.Tests.Ledger.Reports;

/// <summary>What became of an obligation, by example; it needs the measures a and b.</summary>
public sealed class FulfilmentRuleTests
{
    [Fact]
    public void Of_NothingStated_LacksAll() => Same(new(["a", "b"], null, null), Of());

    [Fact]
    public void Of_SomeStated_LacksTheOthers() => Same(new(["b"], 3, null), Of(Stated("a", 3)));

    [Fact]
    public void Of_AllStated_IsCompleteWithTheLast() => Same(new([], 3, 5), Of(Stated("b", 5), Stated("a", 3)));

    [Fact]
    public void Of_ACorrection_CountsFromTheFirstValue() => Same(new(["b"], 3, null), Of(Stated("a", 8), Stated("a", 3)));

    [Fact]
    public void Of_Withdrawn_IsNotThere() => Same(new(["a", "b"], null, null), Of(Stated("a", 3), Withdrawn("a", 4)));

    [Fact]
    public void Of_WithdrawnAndStatedForOneInstant_IsThereInWhateverOrder()
    {
        Same(new(["b"], 3, null), Of(Withdrawn("a", 3), Stated("a", 3)));
        Same(new(["b"], 3, null), Of(Stated("a", 3), Withdrawn("a", 3)));
    }

    [Fact]
    public void Of_WithdrawnAndStatedAgain_CountsFromTheFirstValue() =>
        Same(new(["b"], 3, null), Of(Stated("a", 3), Withdrawn("a", 4), Stated("a", 9)));

    [Fact]
    public void Of_WithdrawnByOneSourceOrVintage_StandsByTheOther()
    {
        Same(new(["b"], 3, null), Of(Stated("a", 3), Stated("a", 5) with { Source = 2 }, Withdrawn("a", 6)));
        Same(new(["b"], 3, null), Of(Stated("a", 3), Withdrawn("a", 6) with { Vintage = Vintage.Estimate }));
    }

    [Fact]
    public void Of_AnySubjectOfAMeasure_IsEnough() =>
        Same(new(["b"], 5, null), Of(Stated("a", 3), Withdrawn("a", 4), Stated("a", 5) with { Series = 99 }));

    [Fact]
    public void Of_MeasuresThatAreNotNeeded_ChangeNothing() => Same(new(["a", "b"], null, null), Of(Stated("c", 3)));

    [Fact]
    public void Fold_AllHoursComplete_FulfilTheDayWithTheLast() =>
        Same(new([], 20, 20), FulfilmentRule.Fold(Of(), 24, new(24, 20)));

    [Fact]
    public void Fold_AnHourLacks_LeavesTheDay() => Same(new(["a", "b"], null, null), FulfilmentRule.Fold(Of(), 24, new(23, 20)));

    [Fact]
    public void Fold_ADayThatNoHoursStandFor_LeavesIt() =>
        Same(new(["a", "b"], null, null), FulfilmentRule.Fold(Of(), 0, new(0, null)));

    [Theory]
    [InlineData(19, 19)]
    [InlineData(20, 20)]
    [InlineData(21, 20)]
    public void Fold_TheDayReportedItself_CountsTheEarlier(long itself, long complete) =>
        Same(new([], 3, complete), FulfilmentRule.Fold(Of(Stated("a", 3), Stated("b", itself)), 24, new(24, 20)));

    private static FulfilmentState Of(params MeasureStatement[] statements) => FulfilmentRule.Of(["a", "b"], statements);

    private static MeasureStatement Stated(string measure, long at) =>
        new(measure[0], measure, 1, Vintage.Official, at, HasValue: true);

    private static MeasureStatement Withdrawn(string measure, long at) => Stated(measure, at) with { HasValue = false };

    private static void Same(FulfilmentState expected, FulfilmentState actual)
    {
        Assert.Equal(expected.Lacks, actual.Lacks);
        Assert.Equal((expected.FirstAt, expected.CompleteAt), (actual.FirstAt, actual.CompleteAt));
    }
}
