using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Derivation.Graph;

namespace KpiMetrics.Tests.Publishing;

/// <summary>Points of computed series follow the figures they are computed from: rows, coarser periods, provinces, merged areas.</summary>
public sealed class PublishGraphTest
{
    private static readonly Gen<(SeriesKey Key, Period Period, FigureValue Value)> Statement =
        from measure in Gen.Elements<Measure>([.. GraphCatalog.Reported])
        from area in Gen.Elements<Area>([.. GraphCatalog.Communes.Where(area => area.Code is "101" or "103")])
        from month in Gen.Choose(0, 26)
        from value in Gen.Choose(-1, 5)
        select (
            GraphCatalog.Key(measure, area.Id),
            Period.Parse("2024-01").Shift(month),
            value < 0 ? FigureValue.None : FigureValue.Of(value)
        );

    [Fact]
    public void Run_AfterAnyChanges_StoreIsWhatAllComputedAnewGives()
    {
        var cases =
            from before in Statement.ArrayOf(60)
            from changes in Statement.ArrayOf(3)
            from more in Statement.ArrayOf(3)
            select (before, changes, more);

        Prop.ForAll(
                cases.ToArbitrary(),
                async given =>
                {
                    var publishing = new Situation { Catalog = GraphCatalog.Catalog };
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
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }
}
