using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.Tests.Alerting;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Obligations;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>What was done about alerts is on the boards beside what is wrong.</summary>
public sealed class ViewAlertsTest(SharedPostgres postgres) : IAsyncDisposable
{
    private const string Rows =
        "SELECT alert, kind, state, acknowledged_by, explanation, resolved_at IS NOT NULL FROM v_alerts ORDER BY alert";

    private readonly PostgresLedgers ledgers = new(postgres);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => ledgers.DisposeAsync();

    [Fact]
    public async Task Alerts_WithAHistory_ShowWhoHoldsThemAndWhatExplainsThem()
    {
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        var duties = new DutyLedger(ledger);
        await using var views = new ViewReader(database);
        var plan = DutyWorld.Plan(DutyWorld.CatalogOf(DutyWorld.Monthly));
        var april = plan.Of(DutyWorld.Months, Period.Parse("2026-04"), DutyWorld.At("2026-04-01"));
        await duties.CreateAsync([.. april.Where(one => one.Area != DutyWorld.Heir.Id)]);
        var due = (await duties.AllAsync())[0].Times.Due;
        await views.StopClockAsync(due.AddHours(1));
        string One(Core.Catalog.Area area) => $"lc/LC-A01/M/2026-04/{area.Id}";

        // Seen by the ledger itself before any worker looks.
        Assert.Equal(3, (await views.RowsAsync("SELECT alert FROM v_alerts WHERE state = 'firing'")).Count);

        await FireAsync(AlertKind.Overdue, One(DutyWorld.One), due);
        await FireAsync(AlertKind.Overdue, One(DutyWorld.Two), due);
        await FireAsync(AlertKind.Threshold, "threshold:1", due);
        await FireAsync(AlertKind.Overdue, "lc/LC-A01/M/2026-03/x", due); // closed, and long ago another
        await FireAsync(AlertKind.Overdue, "lc/LC-A01/M/2026-02/x", due);
        var now = TimeProvider.System.GetUtcNow();
        await ledger.KeepAlertEventsAsync(
            [
                new(One(DutyWorld.One), 2, now, AlertStep.Acknowledged, "an", "đang hỏi"),
                new(One(DutyWorld.Two), 2, now, AlertStep.Explained, "binh", "mất điện") { Link = "https://vi.du/1" },
                new("lc/LC-A01/M/2026-03/x", 2, now, AlertStep.Resolved, AlertLife.Engine, "đã nhận"),
                new("lc/LC-A01/M/2026-02/x", 2, now.AddDays(-31), AlertStep.Resolved, AlertLife.Engine, "đã nhận"),
            ],
            null,
            Token
        );

        Assert.Equal(
            [
                "lc/LC-A01/M/2026-03/x|overdue|resolved|||True",
                $"{One(DutyWorld.One)}|overdue|acknowledged|an||False",
                $"{One(DutyWorld.Two)}|overdue|explained||mất điện https://vi.du/1|False",
                $"{One(DutyWorld.Three)}|overdue|firing|||False",
                "threshold:1|threshold|firing|||False",
            ],
            await views.RowsAsync(Rows)
        );
        Assert.Equal("2", await views.OneAsync("SELECT count(*) FROM v_alerts WHERE state = 'firing'"));

        Task FireAsync(AlertKind kind, string key, DateTimeOffset at) =>
            ledger.KeepAlertEventsAsync(
                [
                    new(key, 1, at, AlertStep.Fired, AlertLife.Engine, "")
                    {
                        Concern = AlertWorld.Late("2026-04", "2026-05-05 17:00", kind: kind) with { Key = key },
                        Audience = AlertAudience.Office,
                    },
                ],
                null,
                Token
            );
    }

    [Fact]
    public async Task Alerts_OfASourceClosedAfterItsLastFailure_AreOverUntilItFailsAgain()
    {
        const string key = "source:so-mot/lc";
        const string firing = "SELECT count(*) FROM v_alerts WHERE state = 'firing'";
        var database = await ledgers.CreateDatabaseAsync();
        var ledger = ledgers.Open(database);
        await using var views = new ViewReader(database);
        var now = TimeProvider.System.GetUtcNow().AddHours(-1);
        await AskAsync(DutyWorld.Months, now, isFailing: true);
        Assert.Equal($"{key}|source-failing|firing|||False", Assert.Single(await views.RowsAsync(Rows)));
        await ledger.KeepAlertEventsAsync(
            [
                new(key, 1, now.AddMinutes(1), AlertStep.Fired, AlertLife.Engine, "")
                {
                    Concern = AlertWorld.Outage("2026-11-20 08:00"),
                    Audience = AlertAudience.Operations,
                },
                new(key, 2, now.AddMinutes(2), AlertStep.Resolved, AlertLife.Engine, "không còn được hỏi"),
            ],
            null,
            Token
        );

        await AskAsync(DutyWorld.Days, now.AddMinutes(3), isFailing: false); // asked for others all the same
        Assert.Equal($"{key}|source-failing|resolved|||True", Assert.Single(await views.RowsAsync(Rows)));
        await AskAsync(DutyWorld.Days, now.AddMinutes(4), isFailing: true);
        Assert.Equal("1", await views.OneAsync(firing));

        Task AskAsync(Duty duty, DateTimeOffset at, bool isFailing)
        {
            DateTimeOffset? answered = isFailing ? null : at;
            var period = duty.Frequency == Frequency.Day ? Period.Parse("2026-11-01") : Period.Parse("2026-10");
            var asking = new Asking("so-mot", period, 1, isFailing ? 1 : 0, at, at, answered, answered, at.AddHours(1), "503");
            return ledger.SaveAskingsAsync(duty, [asking], null, Token);
        }
    }
}
