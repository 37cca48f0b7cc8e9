using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Provisioning;
using Npgsql;

namespace KpiMetrics.ServerTests.Provisioning;

/// <summary>The questions of Grafana's alert rules, asked of a real ledger by a login that may read the views and nothing else.</summary>
public sealed class GrafanaRuleTests(ReaderServer server) : IClassFixture<ReaderServer>, IAsyncDisposable
{
    private static readonly string[] LateLabels = ["set String", "agency String"];

    private NpgsqlDataSource? reader;
    private PostgresLedger? ledger;

    public static TheoryData<string> Rules => [.. GrafanaFiles.Rules.Select(rule => rule.Uid)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Reader => reader ?? throw new InvalidOperationException("Open it first.");

    private PostgresLedger Ledger => ledger ?? throw new InvalidOperationException("Open it first.");

    [Theory, MemberData(nameof(Rules))]
    public async Task Question_OfAnyRule_GivesATimeOneNumberAndTheLabels(string uid)
    {
        await OpenAsync();
        await ObligeAsync(DutyWorld.One.Id, "Sở Một", TimeSpan.FromDays(1));
        foreach (var sql in Rule(uid).Questions.Values)
        {
            await using var command = Reader.CreateCommand(sql);
            await using var rows = await command.ExecuteReaderAsync(Token);

            var columns = (await rows.GetColumnSchemaAsync(Token)).Select(column =>
                $"{column.ColumnName} {column.DataType?.Name}"
            );
            Assert.Equal(
                (string[])["time DateTime", "Double", .. uid == "kpi-late" ? LateLabels : []],
                columns.Select((column, place) => place == 1 ? column.Split(' ')[1] : column)
            );
            Assert.True(await rows.ReadAsync(Token), sql); // without rows an alert could only vanish
        }
    }

    [Fact]
    public async Task Heartbeat_WorkersComeAndGo_FiresWhileNoneIsThere()
    {
        await OpenAsync();
        await AssertAsync("kpi-heartbeat", [("", 0, true)]);
        await AssertAsync("kpi-alive", [("", 0, false)]);

        await Ledger.TryTakeClaimAsync("worker/lost", "lost:1", TimeSpan.FromHours(-1), _ => false, Token);
        await AssertAsync("kpi-heartbeat", [("", 0, true)]);

        await Ledger.TryTakeClaimAsync("worker/a", "a:1", TimeSpan.FromHours(1), _ => false, Token);
        await AssertAsync("kpi-heartbeat", [("", 1, false)]);
        await AssertAsync("kpi-alive", [("", 1, true)]);
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(16, true)]
    public async Task Outbox_FigureThatWaits_FiresAfterAQuarterOfAnHour(int minutes, bool fires)
    {
        var owner = await OpenAsync();
        await AssertAsync("kpi-outbox", [("", 0, false)]);
        await new DutyLedger(Ledger).ReportAsync("2026-05-02", DutyWorld.Months, "2026-04", DutyWorld.One.Id, [("LC-A01.01", 1)]);
        await using var source = NpgsqlDataSource.Create(owner);
        await using var command = source.CreateCommand(
            $"UPDATE kpi.outbox SET marked_at = floor(extract(epoch FROM now() - interval '{minutes} minutes') * 1000)"
        );
        Assert.True(await command.ExecuteNonQueryAsync(Token) > 0);

        var (labels, value) = Assert.Single(await AskAsync("kpi-outbox"));

        Assert.Equal("", labels);
        Assert.InRange(value, minutes, minutes + 1);
        Assert.Equal(fires, Rule("kpi-outbox").FiresAt(value));
    }

    [Fact]
    public async Task Late_OfficesThatAreAndAreNot_FiresForThoseWithHowManyAndHowLong()
    {
        await OpenAsync();
        Assert.Empty(await AskAsync("kpi-late")); // nothing is due: no data, which is no alarm
        Assert.Equal("OK", Rule("kpi-late").Rule["noDataState"]);

        await ObligeAsync(DutyWorld.One.Id, "Sở Một", TimeSpan.FromHours(-49));
        await ObligeAsync(DutyWorld.Two.Id, "Sở Một", TimeSpan.FromMinutes(-30));
        await ObligeAsync(DutyWorld.Three.Id, "Sở Hai", TimeSpan.FromDays(10));

        await AssertAsync("kpi-late", [("lc, Sở Hai", 0, false), ("lc, Sở Một", 2, true)]);
        Assert.Equal([("lc, Sở Hai", 0), ("lc, Sở Một", 1)], await AskAsync("kpi-late", "B")); // one of them is still in grace
        Assert.Equal([("lc, Sở Hai", 0), ("lc, Sở Một", 3)], await AskAsync("kpi-late", "C"));

        await new DutyLedger(Ledger).ReportAsync("2026-05-02", DutyWorld.Months, "2026-04", DutyWorld.One.Id, [("LC-A01.01", 1)]);
        await AssertAsync("kpi-late", [("lc, Sở Hai", 0, false), ("lc, Sở Một", 1, true)]);

        await ObligeAsync(DutyWorld.Heir.Id, "Sở Một", TimeSpan.FromDays(10)); // the next one, as it is always made ahead
        await new DutyLedger(Ledger).ReportAsync("2026-05-02", DutyWorld.Months, "2026-04", DutyWorld.Two.Id, [("LC-A01.01", 1)]);
        await AssertAsync("kpi-late", [("lc, Sở Hai", 0, false), ("lc, Sở Một", 0, false)]); // ends because the number says so
        Assert.Equal([("lc, Sở Hai", 0), ("lc, Sở Một", 0)], await AskAsync("kpi-late", "C"));
    }

    public async ValueTask DisposeAsync()
    {
        if (reader is not null)
            await reader.DisposeAsync();
        if (ledger is not null)
            await ledger.DisposeAsync();
    }

    private static GrafanaRule Rule(string uid) => GrafanaFiles.Rules.Single(rule => rule.Uid == uid);

    private async Task<string> OpenAsync()
    {
        var (owner, board) = await server.CreateAsync();
        ledger = new PostgresLedger(owner);
        // As provisioning/postgres sets it for the role.
        reader = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(board) { SearchPath = "kpi" }.ConnectionString);
        return owner;
    }

    /// <summary>An obligation of April that is due so long after the server's clock, with an hour's grace.</summary>
    private async Task ObligeAsync(string area, string agency, TimeSpan due)
    {
        await using var command = Reader.CreateCommand("SELECT now()");
        var now = new DateTimeOffset(
            (DateTime)(await command.ExecuteScalarAsync(Token) ?? throw new InvalidOperationException("now() is nothing."))
        );
        var opens = now.AddDays(-60);
        var times = new ObligationTimes(opens, now + due, TimeSpan.FromHours(1), TimeSpan.FromHours(1), "test");
        await new DutyLedger(Ledger).CreateAsync([
            new Obligation(DutyWorld.Months, Period.Parse("2026-04"), area, agency, times, ["LC-A01.01"], opens),
        ]);
    }

    /// <summary>What the rule's question gives, and for which labels it fires.</summary>
    private async Task AssertAsync(string uid, (string Labels, double Value, bool Fires)[] expected) =>
        Assert.Equal(expected, (await AskAsync(uid)).Select(row => (row.Labels, row.Value, Rule(uid).FiresAt(row.Value))));

    private async Task<List<(string Labels, double Value)>> AskAsync(string uid, string? question = null)
    {
        await using var command = Reader.CreateCommand(Rule(uid).Questions[question ?? Rule(uid).Asked]);
        await using var rows = await command.ExecuteReaderAsync(Token);
        var found = new List<(string Labels, double Value)>();
        while (await rows.ReadAsync(Token))
            found.Add((string.Join(", ", Enumerable.Range(2, rows.FieldCount - 2).Select(rows.GetString)), rows.GetDouble(1)));
        return [.. found.OrderBy(row => row.Labels, StringComparer.Ordinal)];
    }
}
