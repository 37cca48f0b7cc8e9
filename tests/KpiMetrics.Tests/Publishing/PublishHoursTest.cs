using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Derivation.Graph;

namespace KpiMetrics.Tests.Publishing;

/// <summary>Hours are worked out in steps, each from what the steps before have read; what is stored at the end does not show it.</summary>
public sealed class PublishHoursTest
{
    // Around the end of a year, so that years so far begin, and in the years before and after, which are compared.
    private static readonly Gen<(SeriesKey Key, Period Period, FigureValue Value)> Statement =
        from measure in Gen.Elements<Measure>([.. HourCatalog.Reported])
        from area in Gen.Elements<Area>([.. HourCatalog.Places.Where(area => area.Code is "15" or "101" or "102")])
        from year in Gen.Elements(2024, 2025)
        from day in Gen.Choose(-2, 2)
        from hour in Gen.Elements(0, 18, 19, 23)
        from frequency in Gen.Elements(Frequency.Hour, Frequency.Hour, Frequency.Day)
        from value in Gen.Choose(-1, 5)
        select (
            HourCatalog.Key(measure, area, frequency),
            Period.At(frequency, new DateTime(year, 1, 1).AddDays(day).AddHours(hour)),
            value < 0 ? FigureValue.None : FigureValue.Of(value)
        );

    /// <param name="kept">Of what was read for hours; all, some and none of it.</param>
    [Theory]
    [InlineData(250_000)]
    [InlineData(40)]
    [InlineData(0)]
    public void Run_AfterAnyChangesOfHoursAndDays_StoreIsWhatAllComputedAnewGives(int kept)
    {
        var cases =
            from before in Statement.ArrayOf(50)
            from changes in Statement.ArrayOf(4)
            from more in Statement.ArrayOf(1)
            select (before, changes, more);

        Prop.ForAll(
                cases.ToArbitrary(),
                async given =>
                {
                    var publishing = new Situation { Catalog = HourCatalog.Catalog, FiguresKept = kept };
                    foreach (var part in ((SeriesKey, Period, FigureValue)[][])[given.before, given.changes, given.more])
                    {
                        foreach (var (key, period, value) in part)
                            publishing.Ledger.Report(key, period, value);
                        await publishing.RunAsync();
                        Assert.Equal(publishing.FromScratch(), publishing.Stored());
                        Assert.Equal(publishing.BitsFromScratch(), publishing.Ledger.Published);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10));
    }
}
