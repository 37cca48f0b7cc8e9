using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>What boards for operations show.</summary>
public sealed class ViewOperationsTest(SharedPostgres postgres) : IAsyncDisposable
{
    private static readonly DateTimeOffset At = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sources_ThatAnswerAndFail_AreThoseOfTheLedgersOwnSummary()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        await using var views = new ViewReader(database);
        var random = new Random(3);
        foreach (var duty in (Duty[])[DutyWorld.Months, DutyWorld.Days, DutyWorld.Hours])
        {
            var last = Period.At(duty.Frequency, At.DateTime);
            var askings = Enumerable.Range(0, 12).Select(n => AnyAsking("so-" + (n % 2), last.Shift(-n / 2), random));
            await ledger.SaveAskingsAsync(duty, [.. askings], null, Token);
        }
        await SayAsync(ledger, "so-bao-cao");

        var rows = await views.RowsAsync(
            """
            SELECT source, set_code, duties, failing, (extract(epoch FROM asked_at) * 1000)::bigint,
                (extract(epoch FROM answered_at) * 1000)::bigint FROM v_source WHERE is_asked ORDER BY source, set_code
            """
        );

        var summary = await ledger.SummarizeAskingsAsync(Token);
        Assert.Equal(2, summary.Count);
        Assert.Equal(
            summary.Select(one =>
                FormattableString.Invariant(
                    $"{one.Source}|{one.Set}|{one.Duties}|{one.Failing}|{one.AskedAt.ToUnixTimeMilliseconds()}|{one.AnsweredAt?.ToUnixTimeMilliseconds()}"
                )
            ),
            rows
        );
        Assert.Equal(
            "so-bao-cao|test|1|1|0|2",
            await views.OneAsync("SELECT source, set_code, reports, recorded, repeated, refused FROM v_source WHERE NOT is_asked")
        );
        Assert.Equal(
            summary.Count(one => one.Failing > 0),
            (await views.RowsAsync("SELECT title FROM v_alerts WHERE kind = 'source-failing' AND title LIKE 'Nguồn %'")).Count
        );
    }

    [Fact]
    public async Task Engine_WithWorkOnItsWay_SaysHowMuch()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        await using var views = new ViewReader(database);
        await SayAsync(ledger, "forms");
        await ledger.TryTakeClaimAsync("worker/a", "a:1", TimeSpan.FromHours(1), _ => false, Token);
        await ledger.TryTakeClaimAsync("worker/b", "b:1", TimeSpan.FromHours(-1), _ => false, Token);
        await ledger.TryTakeClaimAsync("duty/lc/LC-C01/H/so-y-te", "a:1", TimeSpan.FromHours(1), _ => false, Token);

        Assert.Equal(
            "1|1|1|1|0|0",
            await views.OneAsync("SELECT workers, lost_workers, questions, outbox, refused_points, late FROM v_engine")
        );
        Assert.Equal(
            ["duty|a:1|False", "worker|a:1|False", "worker|b:1|True"],
            await views.RowsAsync("SELECT kind, holder, is_expired FROM v_claim ORDER BY claim")
        );
    }

    [Fact]
    public async Task Emergencies_NowAndThen_AreInForceByTheClock()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        await using var views = new ViewReader(database);
        await ledger.KeepCatalogAsync(DutyWorld.CatalogOf(DutyWorld.Hourly), (_, _) => false, Token);
        var now = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        string[] areas = [DutyWorld.One.Id, DutyWorld.Two.Id];
        await ledger.DeclareAsync(new(0, "1/CĐ", areas, At.AddYears(-9), At.AddYears(-8), At, "trực ban", null), "bão", Token);
        var lasting = await ledger.DeclareAsync(
            new(0, "2/CĐ", [DutyWorld.One.Id], At.AddYears(-9), now, At.AddYears(-9), "trực ban", null),
            "bão",
            Token
        );
        await ledger.DeclareAsync(new(0, "3/CĐ", [DutyWorld.One.Id], now, now.AddDays(1), At, "trực ban", null), "bão", Token);

        Assert.Equal(
            ["1/CĐ|Xã Hai|over|False", "1/CĐ|Xã Một|over|False", "2/CĐ|Xã Một|in-force|True", "3/CĐ|Xã Một|planned|False"],
            await views.RowsAsync(
                """SELECT order_no, area_name, state, is_in_force FROM v_emergency ORDER BY order_no, area_name COLLATE "C" """
            )
        );
        Assert.Equal("1", await views.OneAsync("SELECT emergencies FROM v_engine"));

        await ledger.EndAtAsync(lasting.Id, At.AddYears(-8), true, "trực ban", "hết bão", At.AddYears(-8), Token);
        Assert.Equal("stopped", await views.OneAsync("SELECT state FROM v_emergency WHERE order_no = '2/CĐ'"));
    }

    [Fact]
    public async Task ScheduleChanges_OfDutyAndSource_AreThereWithTheLastOfEach()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        await using var views = new ViewReader(database);
        var duty = ScheduleTarget.Of(DutyWorld.Hours);
        await ledger.ChangeScheduleAsync(new(duty, "set", "an", "bão") { Cron = "0 5 * * * ?" }, At, Token);
        await ledger.ChangeScheduleAsync(new(duty, "pause", "an", "sửa máy") { Paused = true }, At.AddHours(1), Token);
        await ledger.ChangeScheduleAsync(
            new(ScheduleTarget.OfSource("so-y-te"), "source", "an", "chậm") { Concurrency = 1 },
            At,
            Token
        );

        Assert.Equal(
            [
                "lc|LC-C01|H||set|bão|0 5 * * * ?||False",
                "lc|LC-C01|H||pause|sửa máy|0 5 * * * ?|True|True",
                "|||so-y-te|source|chậm|||True",
            ],
            await views.RowsAsync(
                """
                SELECT set_code, indicator, freq, source, action, reason, cron, is_paused, is_current FROM v_schedule_change
                ORDER BY revision
                """
            )
        );
    }

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    private static Asking AnyAsking(string source, Period period, Random random)
    {
        var first = At.AddMilliseconds(random.Next(1_000_000));
        var last = first.AddMilliseconds(random.Next(1_000_000));
        DateTimeOffset? answered = random.Next(2) == 0 ? null : last;
        return new(source, period, 2, answered is null ? 2 : 0, first, last, answered, answered, last.AddHours(1), "said");
    }

    private static async Task SayAsync(PostgresLedger ledger, string source)
    {
        await using var report = await ledger.BeginAsync(new("test", source, "", At, false, At, "test"), Token);
        await report.AppendAsync(
            TestCatalog.Series(TestCatalog.Flow, Frequency.Month),
            Period.Parse("2026-05"),
            FigureValue.Of(1m),
            'A',
            Vintage.Official,
            null,
            Token
        );
        await report.CommitAsync(2, Token);
    }
}
