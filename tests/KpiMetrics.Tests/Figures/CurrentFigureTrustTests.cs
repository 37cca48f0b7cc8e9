using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Figures;

public sealed class CurrentFigureTrustTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.FromHours(7));

    [Theory]
    [InlineData(-1, Vintage.Official, "forms")]
    [InlineData(1, Vintage.Official, "forms")]
    [InlineData(0, Vintage.Estimate, "narrative")]
    [InlineData(-1, Vintage.Estimate, "not-named")]
    public void CurrentFigure_DemoAndReal_ShowsTheRealWhateverTheTimes(int hours, Vintage vintage, string source)
    {
        var real = Said(source, 10m, Noon.AddHours(hours), vintage);
        var made = Said(DemoSource.Name, 99m, Noon, Vintage.Official);

        Assert.Equal(10m, Of(TestCatalog.Set, real, made)?.Current.Value.Number);
        Assert.Equal(10m, Of(TestCatalog.Set, made, real)?.Current.Value.Number);
    }

    [Fact]
    public void CurrentFigure_ASetThatNamesTheDemoFirst_StillTrustsItLeast()
    {
        var set = TestCatalog.Set with { Sources = [DemoSource.Name, "forms"] };

        Assert.Equal(int.MaxValue, set.TrustIn(DemoSource.Name));
        Assert.Equal(
            10m,
            Of(
                set,
                Said(DemoSource.Name, 99m, Noon, Vintage.Official),
                Said("forms", 10m, Noon, Vintage.Official)
            )?.Current.Value.Number
        );
    }

    [Fact]
    public void CurrentFigure_OnlyTheDemo_IsShown() =>
        Assert.Equal(99m, Of(TestCatalog.Set, Said(DemoSource.Name, 99m, Noon, Vintage.Official))?.Current.Value.Number);

    [Fact]
    public void CurrentFigure_RealOneWithdrawn_DoesNotBringTheDemoBack() =>
        Assert.Null(
            Of(
                TestCatalog.Set,
                Said(DemoSource.Name, 99m, Noon, Vintage.Official),
                new("forms", Noon, FigureValue.None, ObsStatus.Missing, Vintage.Official, null)
            )?.Current.Value.Number
        );

    [Fact]
    public void CurrentFigure_OneSourceCorrectsItself_CountsWhatIsNewAndKeepsTheDigits()
    {
        Statement[] said =
        [
            Said("forms", 1m, Noon, Vintage.Official),
            Said("forms", 1m, Noon.AddHours(1), Vintage.Official),
            Said("forms", 1.0m, Noon.AddHours(2), Vintage.Official),
            Said("forms", 2m, Noon.AddHours(3), Vintage.Official),
            Said("forms", 2m, Noon.AddHours(4), Vintage.Official),
        ];

        var figure = Of(TestCatalog.Set, said);
        var turned = Of(TestCatalog.Set, [.. said.AsEnumerable().Reverse()]); // found the long way

        Assert.NotNull(figure);
        Assert.NotNull(turned);
        Assert.Equal((said[3], 3), (figure.Current, figure.Revision));
        Assert.Equal([said[0], said[2]], figure.Earlier);
        Assert.Equal((figure.Current, figure.Revision), (turned.Current, turned.Revision));
        Assert.Equal(figure.Earlier, turned.Earlier);
    }

    private static Figure? Of(IndicatorSet set, params Statement[] statements) =>
        CurrentFigure.Of(Period.Parse("2026-02"), statements, set.TrustIn);

    private static Statement Said(string source, decimal number, DateTimeOffset at, Vintage vintage) =>
        new(source, at, FigureValue.Of(number), ObsStatus.Normal, vintage, null);
}
