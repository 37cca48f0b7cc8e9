using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Derivation.Graph;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Publishing;

/// <summary>What one corrected hour makes us read: what depends on it, and not the history (DESIGN 10).</summary>
public sealed class ReadsOfACorrectionTests : IDisposable
{
    private const int HoursReported = 72;

    private static readonly Period FirstHour = Period.Parse("2026-08-10T00");

    private readonly TempFolder folder = new();

    /// <summary>A state has no year so far: the hours and days beside it and those it is compared with.</summary>
    [Fact]
    public async Task Run_HourOfAState_ReadsNoMoreOfALongerHistory()
    {
        var brief = await RowsAsync(HourCatalog.Stock, "2024-07-01");
        var longer = await RowsAsync(HourCatalog.Stock, "2019-08-01");

        Assert.InRange(longer, brief, brief + 10);
        Assert.InRange(longer, 1, HourCatalog.Places.Count() * (HoursReported + 10));
    }

    /// <summary>An amount has: the days of its year and of the year before, and for how its comparisons compare those of one more.</summary>
    [Fact]
    public async Task Run_HourOfAnAmount_ReadsTheYearsThatAreComparedAndNoMore()
    {
        var brief = await RowsAsync(HourCatalog.Flow, "2024-01-01");
        var longer = await RowsAsync(HourCatalog.Flow, "2019-08-01");

        Assert.InRange(longer, brief, brief + 10);
        Assert.InRange(longer, 1, HourCatalog.Places.Count() * (3 * 366 + HoursReported));
    }

    /// <summary>The hours of days that have figures of their own are not asked for.</summary>
    [Fact]
    public async Task Run_HourOfADay_ReadsNoHoursOfDaysThatWereReported()
    {
        var without = await RowsAsync(HourCatalog.Stock, "2026-07-01");
        var communeHours = 3 * 48;
        var with = await RowsAsync(HourCatalog.Stock, "2026-07-01", to: "2026-08-12");

        Assert.InRange(with, 1, without - communeHours);
    }

    public void Dispose() => folder.Dispose();

    // Days are reported until the hours begin, of every commune.
    private async Task<int> RowsAsync(Measure measure, string from, string to = "2026-08-09")
    {
        var cancellation = TestContext.Current.CancellationToken;
        var ledger = new SqliteLedger(folder.File($"{Guid.NewGuid():N}.db"));
        await ledger.MigrateAsync(Given.Noon, cancellation);
        var communes = HourCatalog.Places.Where(area => area.Level == AreaLevel.Commune).ToList();
        foreach (var area in communes)
        {
            await ReportAsync(ledger, HourCatalog.Key(measure, area, Frequency.Day), Period.Parse(from), Period.Parse(to), 5m);
            await ReportAsync(
                ledger,
                HourCatalog.Key(measure, area, Frequency.Hour),
                FirstHour,
                FirstHour.Shift(HoursReported - 1),
                7m
            );
        }
        var counting = new CountingLedger(ledger);
        var stage = new PublishStage(ledger, counting, new MemoryStore(new()), HourCatalog.Catalog, Given.Zone);
        await stage.RunAloneAsync(ledger, Given.Noon, cancellation);
        counting.Restart();

        var hour = FirstHour.Shift(30);
        await ReportAsync(ledger, HourCatalog.Key(measure, communes[0], Frequency.Hour), hour, hour, 8m);
        var result = await stage.RunAloneAsync(ledger, Given.Noon, cancellation);

        Assert.True(result.Points >= 4, $"{result.Points}"); // of the commune and the province: the hour and the next
        return counting.Rows;
    }

    private static async Task ReportAsync(SqliteLedger ledger, SeriesKey key, Period first, Period last, decimal value)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var report = await ledger.BeginAsync(
            new(key.Set, "inbox", "a.csv", Given.Noon.AddSeconds((double)value), ReceivedAtStated: true, Given.Noon, "test"),
            cancellation
        );
        for (var index = first.Index; index <= last.Index; index++)
        {
            var period = Period.FromIndex(key.Frequency, index);
            await report.AppendAsync(key, period, FigureValue.Of(value), ObsStatus.Normal, Vintage.Official, null, cancellation);
        }
        await report.CommitAsync(0, cancellation);
    }
}
