using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Publishing;

public sealed class AffectedTests
{
    [Fact]
    public void By_AnyChanges_IsTheUnionOfTheirDependents()
    {
        var cases =
            from frequency in Gen.Elements(
                Frequency.Hour,
                Frequency.Day,
                Frequency.Week,
                Frequency.Month,
                Frequency.Quarter,
                Frequency.Year
            )
            from days in Gen.Choose(0, 1200).NonEmptyListOf()
            from measure in Gen.Elements(
                TestCatalog.Flow,
                TestCatalog.Stock,
                TestCatalog.Flow with
                {
                    Kind = MeasureKind.Cumulative,
                }
            )
            select (
                measure,
                days.Select(day => Period.At(frequency, new DateTime(2019, 6, 1).AddDays(day))).Distinct().Order().ToList()
            );

        Check.QuickThrowOnFailure(
            Prop.ForAll(
                cases.ToArbitrary(),
                given =>
                    Affected
                        .By(Spans(given.Item2), given.measure)
                        .Periods.SequenceEqual(
                            given.Item2.SelectMany(period => Dependents.Of(period, given.measure)).Distinct().Order()
                        )
            )
        );
    }

    [Fact]
    public void By_LastPeriodThereIs_IsItself()
    {
        var last = Period.Of(Frequency.Month, Period.LastYear, 12);

        Assert.Equal([last], Affected.By(Spans([last]), TestCatalog.Flow).Periods);
    }

    private static PeriodSpans Spans(List<Period> periods) => new(periods[0].Frequency, periods);
}
