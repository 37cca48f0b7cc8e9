using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.ServerTests.Ledger;

public sealed class PostgresAuditTrailTest(SharedPostgres postgres) : AuditTrailContract, IAsyncDisposable
{
    private readonly PostgresLedgers ledgers = new(postgres);

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    [Fact]
    public async Task ReadMarks_AnImportEndsAfterAReportThatBeganLater_IsSeen()
    {
        var ledger = await CreateAsync();
        var trail = (IAuditTrail)ledger;
        await ReportAsync(ledger, "worker", "inbox", 5m); // the series has its number: who gives one is waited for
        var seen = new MarksSeen(await trail.ReadLastMarkAsync(Token));
        await using (var import = await BeginAsync(ledger, ReportHeader.Command, "forms", 5m))
        {
            await ReportAsync(ledger, "worker", "inbox", 6m);
            Assert.Empty(await LookAsync());
            Assert.NotEmpty(seen.Missing);
            await import.CommitAsync(0, Token);
        }

        Assert.Equal(["test"], await LookAsync());
        Assert.Empty(await LookAsync());

        async Task<IReadOnlyCollection<string>> LookAsync() =>
            seen.Add(await trail.ReadMarksAsync(seen.Last, seen.Missing, Token), DateTimeOffset.UnixEpoch);
    }

    protected override async Task<ILedger> CreateAsync() => await ledgers.CreateAsync();
}
