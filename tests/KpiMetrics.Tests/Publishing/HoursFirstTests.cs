using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Derivation.Graph;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Publishing;

/// <summary>What is watched in a flood waits neither for totals of many areas nor for the days that it adds to.</summary>
public sealed class HoursFirstTests : IDisposable
{
    private static readonly Period Hour = Period.Parse("2026-08-12T07");
    private static readonly SeriesKey Commune = Hourly(AreaLevel.Commune);
    private static readonly SeriesKey Province = Hourly(AreaLevel.Province);

    private readonly TempFolder folder = new();
    private readonly MemoryStore store = new(new());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <summary>Here other areas cannot be read before the commune's hour is there, and no day before the province's hour is.</summary>
    [Fact]
    public async Task Run_AnHourCorrected_IsThereBeforeTotalsAndTheseBeforeDays()
    {
        const int Said = 9;
        var ledger = new SqliteLedger(folder.File("ledger.db"));
        await ledger.MigrateAsync(Given.Noon, Token);
        await ReportAsync(ledger, Commune with { Frequency = Frequency.Day }, Period.Parse("2026-08-01"), 5, minute: 1);
        await ReportAsync(ledger, Commune, Hour.Shift(-1), 1, minute: 2);
        await ReportAsync(ledger, Commune, Hour, 2, minute: 3);
        await RunAsync(ledger, new CountingLedger(ledger));
        Assert.Equal((2m, 2m), (PointOf(Commune), PointOf(Province)));

        await ReportAsync(ledger, Commune, Hour, Said, minute: 4);
        var (others, days) = (0, 0);
        var gated = new CountingLedger(ledger)
        {
            BeforeRead = async stretches =>
            {
                var areHours = stretches.All(stretch => stretch.Series.Frequency == Frequency.Hour);
                if (areHours && stretches.All(stretch => stretch.Series.Area == Commune.Area))
                    return;
                others++;
                await WaitAsync(Commune, Said);
                if (areHours)
                    return;
                days++;
                await WaitAsync(Province, Said);
            },
        };
        await RunAsync(ledger, gated);

        Assert.True(days > 0 && others > days, $"{others}, {days}");
        Assert.Equal(0, (await ledger.ReadStatusAsync(Token)).Waiting);
    }

    private async Task WaitAsync(SeriesKey series, int value)
    {
        for (var tries = 0; PointOf(series) != value; tries++)
        {
            Assert.True(tries < 500, $"{series.Area} still has {PointOf(series)}");
            await Task.Delay(10, Token);
        }
    }

    private Task<PublishResult> RunAsync(SqliteLedger ledger, CountingLedger read) =>
        new PublishStage(ledger, read, store, HourCatalog.Catalog, Given.Zone).RunAloneAsync(ledger, Given.Noon, Token);

    private decimal? PointOf(SeriesKey series)
    {
        var formula = HourCatalog.Series.FormulaOf(series);
        Assert.NotNull(formula);
        var address = new PointBuilder(series, formula, Given.Zone).AddressOf(Hour);
        return store.Points.TryGetValue(MemoryStore.NameOf(address), out var fields)
            ? (decimal?)fields.GetValueOrDefault(InfluxNames.Value)
            : null;
    }

    private static SeriesKey Hourly(AreaLevel level) =>
        HourCatalog.Key(HourCatalog.Flow, HourCatalog.Places.First(area => area.Level == level), Frequency.Hour);

    private static async Task ReportAsync(SqliteLedger ledger, SeriesKey key, Period period, int said, int minute)
    {
        var at = Given.Noon.AddMinutes(minute);
        await using var report = await ledger.BeginAsync(
            new(key.Set, "inbox", "a.csv", at, ReceivedAtStated: true, at, "test"),
            Token
        );
        await report.AppendAsync(key, period, FigureValue.Of(said), ObsStatus.Normal, Vintage.Official, null, Token);
        await report.CommitAsync(0, Token);
    }
}
