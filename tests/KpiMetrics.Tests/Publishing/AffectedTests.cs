using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Publishing;

public sealed class AffectedTests
{
    [Fact]
    public void By_AnyChanges_IsTheUnionOfTheirDependents()
    {
        var cases =
            from frequency in Gen.Elements(Frequency.Day, Frequency.Week, Frequency.Month, Frequency.Quarter, Frequency.Year)
            from days in Gen.Choose(0, 1200).NonEmptyListOf()
            select days.Select(day => Period.At(frequency, new DateTime(2019, 6, 1).AddDays(day))).Distinct().Order().ToList();

        Check.QuickThrowOnFailure(
            Prop.ForAll(
                cases.ToArbitrary(),
                changed => Affected.By(changed).SequenceEqual(changed.SelectMany(Dependents.Of).Distinct().Order())
            )
        );
    }

    [Fact]
    public void By_LastPeriodThereIs_IsItself()
    {
        var last = Period.Of(Frequency.Month, Period.LastYear, 12);

        Assert.Equal([last], Affected.By([last]));
    }
}
