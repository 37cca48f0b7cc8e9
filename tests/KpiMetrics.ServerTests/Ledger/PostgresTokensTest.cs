using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Ledger;

public sealed class PostgresTokensTest(SharedPostgres postgres) : TokensContract, IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(7));

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    /// <summary>Those of several sources wait for each other nowhere else: the key alone decides.</summary>
    [Fact]
    public async Task Push_OneKeyOfManySourcesAtOnce_IsKeptOnce()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var workers = Enumerable.Range(0, 6).Select(_ => (ILedger)ledgers.Open(database)).ToList();
        var token = await ((ITokens)workers[0]).CreateTokenAsync(
            new("x", TokenRole.Admin, null, null, null),
            TokenSecret.HashOf("kpi_one"),
            "cli",
            Noon,
            Stop
        );
        var key = new PushKey(token.Id, "key-00001");

        var kept = await Task.WhenAll(workers.Select((worker, number) => PushAsync(worker, key, (byte)number)));

        Assert.Single(kept, isKept => isKept);
        var winner = Array.IndexOf(kept, true);
        var receipt = await ((IPushReceipts)workers[0]).FindPushAsync(key, Noon, Stop);
        Assert.Equal([(byte)winner], receipt?.Answer.ToArray() ?? []);
        var said = new List<Statement>();
        await foreach (var series in workers[0].ReadAsync(new FigureQuery(), Stop))
            said.AddRange(series.Periods.SelectMany(period => period.Statements));
        Assert.Equal($"push {winner}", Assert.Single(said).Source);
        Assert.Single(await workers[0].ReadAuditAsync(20, Stop), entry => entry.Action == "report");
    }

    protected override async Task<ILedger> CreateAsync() => await ledgers.CreateAsync();

    // False where another has taken it.
    private static async Task<bool> PushAsync(ILedger ledger, PushKey key, byte number)
    {
        byte[] answer = [number];
        var push = new PushedReport(key, TokenSecret.HashOf("the same body"), _ => answer);
        var header = new ReportHeader("test", $"push {number}", key.Key, Noon, false, Noon, "test", Push: push);
        await using var report = await ledger.BeginAsync(header, Stop);
        var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Year);
        await report.AppendAsync(series, Period.Parse("2025"), FigureValue.Of(number), 'A', Vintage.Official, null, Stop);
        try
        {
            await report.CommitAsync(0, Stop);
            return true;
        }
        catch (PushTakenException)
        {
            return false;
        }
    }
}
