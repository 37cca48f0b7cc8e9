using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Tests.Publishing;

public sealed class PublishStageTests
{
    private readonly Situation publishing = new();

    [Fact]
    public async Task Run_NothingChanged_DoesNotEvenAskInfluxDb()
    {
        publishing.Faults.FailAt(1, StepFaults.Moment.Before);

        Assert.Equal(new PublishResult(0, 0, 0), await publishing.RunAsync());
    }

    [Fact]
    public async Task Run_Figures_AreAllThereWithWhatIsDerived()
    {
        publishing.Report("2024-11", 50m);
        publishing.Report("2025-10", 80m);
        publishing.Report("2025-11", 100m);
        publishing.Report("2025-11", 99.5m, "T-A01.02");

        var result = await publishing.RunAsync();

        Assert.Equal(4, result.Points);
        Assert.Equal(0, publishing.Ledger.Waiting);
        Assert.Equal(publishing.FromScratch(), publishing.Stored());
        Assert.Contains(
            "coverage=0.1818181818181818181818181818,pop=25,value=100,yoy=100,ytd=180",
            publishing.Stored(),
            StringComparison.Ordinal
        );
        Assert.Equal(publishing.BitsFromScratch(), publishing.Ledger.Published);
    }

    [Fact]
    public async Task Run_BaseWithdrawn_ItsPointAndTheYoyThatNeededItAreGone()
    {
        publishing.Report("2024-11", 50m);
        publishing.Report("2025-11", 100m);
        await publishing.RunAsync();
        Assert.Contains("yoy", publishing.Stored(), StringComparison.Ordinal);

        publishing.Report("2024-11", null);
        var result = await publishing.RunAsync();

        Assert.Equal(new PublishResult(1, 1, 0), result);
        Assert.DoesNotContain("yoy", publishing.Stored(), StringComparison.Ordinal);
        Assert.Equal(publishing.FromScratch(), publishing.Stored());
        Assert.Equal(publishing.BitsFromScratch(), publishing.Ledger.Published);
    }

    [Fact]
    public async Task Run_OneCorrectionInALongHistory_ReadsOnlyWhatItReaches()
    {
        for (var year = 1990; year <= 2025; year++)
        {
            foreach (var month in Period.Of(Frequency.Year, year).Parts(Frequency.Month))
                publishing.Report(month.ToString(), year);
        }
        await publishing.RunAsync();
        publishing.Ledger.Reads.Clear();

        publishing.Report("2005-11", 1m);
        publishing.Report("2020-02", 1m);
        var result = await publishing.RunAsync();

        Assert.Equal(
            [(Period.Parse("2004-01"), Period.Parse("2006-12")), (Period.Parse("2019-01"), Period.Parse("2021-12"))],
            publishing.Ledger.Reads
        );
        Assert.Equal(4 + 22, result.Points); // November, December and those of the next year; February to December of two years
        Assert.Equal(publishing.FromScratch(), publishing.Stored());
    }

    /// <summary>What comes while many hours are published must not wait long; a backlog that some new hours precede is still one.</summary>
    [Theory]
    [InlineData(10, 6000, 1)]
    [InlineData(6000, 10, 2)]
    public async Task Run_Backlog_GoesInLargePiecesAndManyHoursInSmallOnes(int hours, int days, int pieces)
    {
        var (hour, day) = (Period.Parse("2025-01-01T00"), Period.Parse("2000-01-01"));
        for (var n = 0; n < hours; n++)
            publishing.Report(hour.Shift(n).ToString(), n, "T-A01.02");
        for (var n = 0; n < days; n++)
            publishing.Report(day.Shift(n).ToString(), n, "T-A01.02");

        await publishing.RunAsync();

        Assert.Equal((pieces, 0), (publishing.Ledger.Snapshots, publishing.Ledger.Waiting));
        Assert.Equal(publishing.FromScratch(), publishing.Stored());
    }

    /// <summary>A deletion costs InfluxDB much the same however many points go.</summary>
    [Fact]
    public async Task Run_WithdrawnAmongManyCorrections_AreDeletedTogether()
    {
        var first = Period.Parse("2000-01-01");
        await ReportDaysAsync(1m, withdrawn: []);

        await ReportDaysAsync(2m, withdrawn: [10, 5900, 11900]);

        Assert.Equal(1, publishing.Store.Deletions);
        Assert.Equal(publishing.FromScratch(), publishing.Stored());
        Assert.Equal(publishing.BitsFromScratch(), publishing.Ledger.Published);

        async Task ReportDaysAsync(decimal by, int[] withdrawn)
        {
            for (var n = 0; n < 12_000; n++)
                publishing.Report(first.Shift(n).ToString(), withdrawn.Contains(n) ? null : n * by, "T-A01.02");
            await publishing.RunAsync();
        }
    }

    [Fact]
    public async Task Run_OnePointRefused_IsRecordedWithItsReasonAndTheRestGoesThrough()
    {
        publishing.Store.Refuses = point => point.Value == 13m ? "unlucky" : null;
        publishing.Report("2025-01", 12m);
        publishing.Report("2025-02", 13m);
        publishing.Report("2025-03", 14m);

        Assert.Equal(new PublishResult(2, 0, 1), await publishing.RunAsync());

        Assert.Equal([KeyValuePair.Create((0, Period.Parse("2025-02")), "unlucky")], publishing.Ledger.Refused);
        Assert.Equal(0, publishing.Ledger.Waiting);

        publishing.Store.Refuses = _ => null;
        publishing.Report("2025-02", 15m);
        await publishing.RunAsync();

        Assert.Empty(publishing.Ledger.Refused);
        Assert.Equal(publishing.FromScratch(), publishing.Stored());
        Assert.Equal(publishing.BitsFromScratch(), publishing.Ledger.Published);
    }

    [Fact]
    public async Task Run_StoreThatCannotDelete_RecordsItAndRemembersTheFields()
    {
        publishing.Report("2025-01", 12m);
        publishing.Report("2025-02", 13m);
        await publishing.RunAsync();
        publishing.Store.Deletes = false;

        publishing.Report("2025-01", null);
        Assert.Equal(new PublishResult(0, 0, 2), await publishing.RunAsync());
        Assert.All(publishing.Ledger.Refused.Values, reason => Assert.Equal("cannot delete", reason));

        publishing.Store.Deletes = true;
        await publishing.Ledger.MarkAllAsync("cli", Given.Noon, TestContext.Current.CancellationToken);
        await publishing.RunAsync();
        Assert.Equal(publishing.FromScratch(), publishing.Stored());
        Assert.Equal(publishing.BitsFromScratch(), publishing.Ledger.Published);
    }

    [Fact]
    public async Task Run_CatalogNoLongerKnowsTheSeries_RecordsItAndGoesOn()
    {
        publishing.Report("2025-01", 12m);
        publishing.Ledger.Report(Given.Key("T-A99.01"), Period.Parse("2025-01"), Core.Figures.FigureValue.Of(1m));
        publishing.Ledger.Report(Given.Key() with { Set = "gone" }, Period.Parse("2025-01"), Core.Figures.FigureValue.Of(1m));
        publishing.Ledger.Report(Given.Key(subject: "x\\"), Period.Parse("2025-01"), Core.Figures.FigureValue.Of(1m));

        Assert.Equal(new PublishResult(1, 0, 3), await publishing.RunAsync());

        Assert.Equal(0, publishing.Ledger.Waiting);
        Assert.Equal(
            "the catalog has no measure 'T-A99.01' in a set 'test'",
            publishing.Ledger.Refused[(1, Period.Parse("2025-01"))]
        );
        Assert.Contains("'gone'", publishing.Ledger.Refused[(2, Period.Parse("2025-01"))], StringComparison.Ordinal);
        Assert.Contains("backslash", publishing.Ledger.Refused[(3, Period.Parse("2025-01"))], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MeasureBecameAnotherKind_FieldsThatNoLongerApplyAreGone()
    {
        publishing.Report("2025-01", 12m);
        await publishing.RunAsync();
        Assert.Contains("ytd", publishing.Stored(), StringComparison.Ordinal);

        var group = Given.Set.Groups[0];
        var indicator = group.Indicators[0];
        var stock = indicator with { Measures = [indicator.Measures[0] with { Kind = MeasureKind.Stock }] };
        publishing.Catalog = new([Given.Set with { Groups = [group with { Indicators = [stock] }] }], []);
        await publishing.Ledger.MarkAllAsync("cli", Given.Noon, TestContext.Current.CancellationToken);
        await publishing.RunAsync();

        Assert.EndsWith(" value=12\n", publishing.Stored(), StringComparison.Ordinal);
    }
}
