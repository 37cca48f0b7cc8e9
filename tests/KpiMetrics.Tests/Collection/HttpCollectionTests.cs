using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Sources.Http;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Support.LoopbackServer;

namespace KpiMetrics.Tests.Collection;

public sealed class HttpCollectionTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<string> refused = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_TwoPeriodsAsked_AreBothInTheLedgerDigitForDigit()
    {
        await using var server = new LoopbackServer(
            (head, _) =>
                Json(
                    head.Contains("2026-09", StringComparison.Ordinal)
                        ? """{"data": [{"ma": "T-01.01", "giaTri": "1.234,50"}]}"""
                        : """{"data": [{"ma": "T-01.01", "giaTri": 1.10}]}"""
                )
        );
        var (collection, ledger) = await CreateAsync(Options(server));

        var outcomes = await RunAsync(collection);

        Assert.Equal(["T-01 2026-09", "T-01 2026-10"], outcomes.Select(outcome => outcome.Report));
        Assert.All(outcomes, outcome => Assert.Equal(("so-tai-chinh", 1), (outcome.Source, outcome.Result?.Receipt.Recorded)));
        Assert.Equal(["2026-09=1234.50", "2026-10=1.10"], await FiguresAsync(ledger));
    }

    [Fact]
    public async Task Run_AskedTwice_RecordsNothingTwice()
    {
        await using var server = new LoopbackServer((_, _) => Json("""{"data": [{"ma": "T-01.01", "giaTri": 1.10}]}"""));
        var (collection, ledger) = await CreateAsync(Options(server));
        await RunAsync(collection);

        var outcomes = await RunAsync(collection, Asking.Now.AddHours(1));

        Assert.All(
            outcomes,
            outcome => Assert.Equal((0, 1), (outcome.Result?.Receipt.Recorded, outcome.Result?.Receipt.Repeated))
        );
        Assert.Equal(["2026-09=1.10", "2026-10=1.10"], await FiguresAsync(ledger));
    }

    [Fact]
    public async Task Run_SourceOfAnotherAgency_HasItsFiguresRefused()
    {
        await using var server = new LoopbackServer((_, _) => Json("""{"data": [{"ma": "T-01.01", "giaTri": 1.10}]}"""));
        var options = Options(server);
        options.Agency = "Sở Y tế";
        options.Lookback = 0;
        var (collection, ledger) = await CreateAsync(options);

        await RunAsync(collection);

        Assert.Equal("T-01 2026-10: 1: agency 'Sở Y tế' does not report T-01.01; allowed: Sở Tài chính", Assert.Single(refused));
        Assert.Empty(await FiguresAsync(ledger));
    }

    [Fact]
    public async Task Run_OneSourceFails_TheNextIsStillAsked()
    {
        await using var broken = new LoopbackServer((_, _) => "HTTP/1.1 200 -\r\nContent-Length: 9\r\n\r\n{");
        await using var html = new LoopbackServer((_, _) => Answer("<html>", 200));
        await using var good = new LoopbackServer((_, _) => Json("""{"data": [{"ma": "T-01.01", "giaTri": 7}]}"""));
        var (collection, ledger) = await CreateAsync(
            Options(broken, "a"),
            Options(html, "b"),
            WithHeader(Options(good, "c"), "${NOT_SET}"),
            Options(good, "d")
        );

        var outcomes = await RunAsync(collection);

        // A source that is away is not asked for its other periods: each would wait for the same silence.
        Assert.Equal(["a", "b", "b", "c", "d", "d"], outcomes.Select(outcome => outcome.Source));
        Assert.All(outcomes.Take(4), outcome => Assert.True(outcome is { Result: null, Fault.Length: > 0 }));
        Assert.All(outcomes.Skip(4), outcome => Assert.Equal(1, outcome.Result?.Receipt.Recorded));
        Assert.Equal(2, (await FiguresAsync(ledger)).Count);
    }

    [Fact]
    public async Task Run_BadItems_AreRefusedWithTheirPlaceAndTheGoodOnesTaken()
    {
        await using var server = new LoopbackServer(
            (_, _) =>
                Json(
                    """
                    {"data": [
                      {"ma": "T-01.01", "giaTri": 123456789012345678901234567890},
                      {"ma": "T-01.02", "giaTri": true},
                      {"ma": "T-01.03"},
                      {"ma": "T-01.06", "giaTri": 1e400},
                      {"ma": "T-01.04", "giaTri": 1e2}
                    ]}
                    """
                )
        );
        var options = Options(server);
        options.Lookback = 0;
        var (collection, ledger) = await CreateAsync(options);

        var outcome = Assert.Single(await RunAsync(collection));

        Assert.Equal((1, 4), (outcome.Result?.Receipt.Recorded, outcome.Result?.Receipt.Refused));
        Assert.Equal(["2026-10=100"], await FiguresAsync(ledger));
        Assert.Equal(
            [
                "T-01 2026-10: 1: data[0].giaTri: value '123456789012345678901234567890' has more digits than are kept; at most 28 are allowed",
                "T-01 2026-10: 2: data[1].giaTri: value is 'a JSON boolean'; write a number",
                "T-01 2026-10: 3: data[2]: $.giaTri: value is empty; a figure is withdrawn with status M",
                "T-01 2026-10: 4: subject '' is not one of T-01.06; allowed: lua, ngo",
                "T-01 2026-10: 4: data[3].giaTri: value '1e400' has more digits than are kept; at most 28 are allowed",
            ],
            refused
        );
    }

    [Fact]
    public async Task Run_NumberStringsWithoutLocale_AreRefusedWhereTheyCouldBeTwo()
    {
        await using var server = new LoopbackServer((_, _) => Json("""{"data": [{"ma": "T-01.01", "giaTri": "1.234"}]}"""));
        var options = Options(server);
        options.Lookback = 0;
        options.Locale = "";
        var (collection, ledger) = await CreateAsync(options);

        await RunAsync(collection);

        Assert.Contains("'1.234' could be 1234 or 1.234", Assert.Single(refused), StringComparison.Ordinal);
        Assert.Empty(await FiguresAsync(ledger));
    }

    [Theory]
    [InlineData("test", "T-01", true)]
    [InlineData("test", "T-02", false)]
    [InlineData("other", "T-01", false)]
    public async Task Run_IndicatorItDoesNotServe_IsNotAskedFor(string set, string indicator, bool serves)
    {
        await using var server = new LoopbackServer((_, _) => Json("""{"data": []}"""));
        var options = Options(server);
        options.Indicators = ["T-01"];
        var (collection, _) = await CreateAsync(options);

        await collection.RunAsync(set, indicator, Frequency.Month, Asking.Now, (_, _) => { }, Token);

        Assert.Equal(serves, collection.Serves(set, indicator));
        Assert.Equal(serves ? 2 : 0, server.Requests.Count);
    }

    private static HttpSourceOptions Options(LoopbackServer server, string name = "so-tai-chinh")
    {
        var options = Asking.Options($"{server.Address}/{{indicator}}?ky={{period}}", name);
        options.Locale = "vi";
        return options;
    }

    private static HttpSourceOptions WithHeader(HttpSourceOptions options, string value)
    {
        options.Headers["X-Key"] = value;
        return options;
    }

    private static async Task<List<string>> FiguresAsync(ILedger ledger)
    {
        var figures = new List<string>();
        await foreach (var series in ledger.ReadAsync(new(TestCatalog.Set.Code), Token))
        {
            foreach (var figure in series.Figures(TestCatalog.Set.TrustIn))
            {
                Assert.Equal(1, figure.Revision);
                figures.Add($"{figure.Period}={figure.Current.Value}");
            }
        }
        return figures;
    }

    private async Task<(HttpCollection, ILedger)> CreateAsync(params HttpSourceOptions[] sources)
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var intake = new ReportIntake(TestCatalog.Snapshot, ledger, TestCatalog.Zone);
        return (
            new(TestCatalog.Snapshot, [.. sources.Select(options => Asking.Source(options))], intake, TestCatalog.Zone),
            ledger
        );
    }

    private Task<IReadOnlyList<CollectionOutcome>> RunAsync(HttpCollection collection, DateTimeOffset? at = null) =>
        collection.RunAsync(
            TestCatalog.Set.Code,
            "T-01",
            Frequency.Month,
            at ?? Asking.Now,
            (string report, RefusedRow row) => refused.Add($"{report}: {row.Refusal}"),
            Token
        );
}
