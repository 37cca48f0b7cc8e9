using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Derivation.RealData;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace KpiMetrics.Tests.Alerting;

/// <summary>
/// October 2010 at Lệ Thủy in fast time, by the way that a worker has: each hour's report at the door, what it touched looked at a second later, a round of all
/// alerts now and then. The same crossings as in <see cref="Quality.Thresholds.FloodOf2010Test"/>, whose figures are checked by hand.
/// </summary>
public sealed class FloodAlertsTest : IAsyncLifetime
{
    private const string Rain = "FL-01.01";
    private const string River = "FL-02.01";
    private const string Station = "lethuy";

    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    // The report of an hour comes five minutes after it is over.
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(65);

    private readonly ManualClock clock = new(new(2010, 10, 1, 0, 0, 0, Vietnam));
    private readonly TouchedSeries touched = new();
    private readonly List<DateTimeOffset> received = [];
    private readonly List<TimeSpan> took = [];
    private readonly HourlyRain table = new();
    private FloodWorld? made;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FloodWorld World => made ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => made = await FloodWorld.CreateAsync();

    public ValueTask DisposeAsync()
    {
        World.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task October_HourByHour_RaisesEachLevelOnceOnTheWayUpAndResolvesItOnceOnTheWayDown()
    {
        await LiveAsync();

        Assert.All(took, one => Assert.InRange(one, TimeSpan.Zero, Promised));
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{took.Count} reports, the slowest looked at after {took.Max().TotalSeconds:F2} s")
        );
        Assert.Equal(
            [
                "02T08 up muc-nuoc/bao-dong-1", // as 1.28
                "02T08 goes on muc-nuoc/bao-dong-1", // corrected to 1.25
                "03T19 up len-nhanh/tu-20cm",
                "03T19 up muc-nuoc/bao-dong-2",
                "03T23 down len-nhanh/tu-20cm",
                "03T23 up muc-nuoc/bao-dong-3",
                "04T04 up mua-24h/tu-100",
                "04T09 up mua-6h/tu-100",
                "04T12 down mua-6h/tu-100",
                "04T17 up mua-24h/tu-200",
                "05T01 down mua-24h/tu-200",
                "05T09 down mua-24h/tu-100",
                "07T08 down muc-nuoc/bao-dong-3", // the hour before, 2.48, came later
                "08T06 down muc-nuoc/bao-dong-2",
                "12T02 down muc-nuoc/bao-dong-1",
                "14T12 up mua-24h/tu-100",
                "14T13 up muc-nuoc/bao-dong-1",
                "15T10 down mua-24h/tu-100",
                "15T14 up len-nhanh/tu-20cm",
                "15T16 up muc-nuoc/bao-dong-2",
                "15T18 down len-nhanh/tu-20cm",
                "15T20 up mua-24h/tu-100",
                "16T22 up mua-1h/tu-50",
                "16T22 up mua-6h/tu-100",
                "16T22 up muc-nuoc/bao-dong-3",
                "16T23 down mua-1h/tu-50",
                "17T03 down mua-6h/tu-100",
                "17T19 down mua-24h/tu-100",
                "18T07 down muc-nuoc/bao-dong-3",
                "19T02 up mua-24h/tu-100",
                "20T00 down mua-24h/tu-100",
                "21T02 down muc-nuoc/bao-dong-2",
                "25T08 down muc-nuoc/bao-dong-1",
            ],
            await ToldAsync()
        );
        var third = await World.Ledger.ReadAlertEventsAsync(FloodWorld.Key("muc-nuoc", "bao-dong-3"), Token);
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Việt Nam 2,455 m (08h 07/10), đã xuống dưới báo động III (2,7 m); cao nhất 3,81 m (02h 05/10), kéo dài từ 23h 03/10.",
            third[1].Why
        );
    }

    private async Task LiveAsync()
    {
        var rain = table.RainAt(Station).ToDictionary(hour => hour.Hour, hour => hour.Rain);
        var levels = table.Levels.ToDictionary(hour => hour.Hour, hour => hour.Level);
        RawRow Of(int day, int hour) => Row(River, At(day, hour), levels[At(day, hour)]);
        for (var hour = At(1, 0); hour.Month == 10; hour = hour.AddHours(1))
        {
            clock.Advance(new DateTimeOffset(hour, Vietnam) + Later - clock.GetUtcNow());
            var rows = new List<RawRow>();
            if (rain.TryGetValue(hour, out var fallen))
                rows.Add(Row(Rain, hour, fallen));
            if (levels.TryGetValue(hour, out var level) && !IsLate(hour))
                rows.Add(Row(River, hour, hour == At(2, 8) ? 1.28m : level));
            await ReceiveAsync(rows);
            if (hour == At(2, 8))
            {
                clock.Advance(TimeSpan.FromMinutes(30));
                await ReceiveAsync([Of(2, 8)]);
            }
            if (hour == At(4, 20))
                await ReceiveAsync(rows); // once more
            if (hour == At(5, 5))
                await ReceiveAsync([Of(5, 2)]); // the highest of all
            if (hour == At(7, 11))
                await ReceiveAsync([Of(7, 7)]);
            if (hour.Hour % 6 == 0)
                await RoundAsync();
        }
    }

    private static bool IsLate(DateTime hour) => hour == At(5, 2) || hour == At(7, 7);

    private static DateTime At(int day, int hour) => new(2010, 10, day, hour, 0, 0, DateTimeKind.Unspecified);

    private static RawRow Row(string measure, DateTime hour, decimal value) =>
        Case.Row(
            measure,
            "VN",
            hour.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture),
            value.ToString(CultureInfo.InvariantCulture),
            Station
        );

    // With parts of their own, as after a restart.
    private async Task ReceiveAsync(IReadOnlyList<RawRow> rows)
    {
        var at = clock.GetUtcNow();
        var began = Stopwatch.GetTimestamp();
        var alerts = new TouchedAlerts(World.Ledger, FloodWorld.Provider(World.Ledger), AlertWorld.Round);
        var intake = new ReportIntake(FloodWorld.Catalog, World.Ledger, TestCatalog.Zone)
        {
            OnRecorded = (source, since) => touched.Add(source, [.. since.Keys.Where(alerts.IsWatched)]),
        };
        var refused = new List<string>();
        received.Add(at);
        await intake.TakeAsync(
            new(FloodWorld.Set, "dai", "gio", at, ReceivedAtStated: false, at, "test"),
            rows.ToAsyncEnumerable(),
            locale: null,
            dryRun: false,
            row => refused.Add(row.Refusal.ToString()),
            onProgress: null,
            Token
        );
        Assert.Empty(refused);
        clock.Advance(Gathering);
        await using var delivery = Delivery();
        await new ThresholdRounds(alerts, touched, delivery, clock, NullLogger<ThresholdRounds>.Instance).RunAsync(Token);
        took.Add(Gathering + Stopwatch.GetElapsedTime(began)); // the work in true time, the waiting by the clock that was moved
    }

    // Whoever looks after all alerts finds nothing more to do.
    private async Task RoundAsync()
    {
        clock.Advance(TimeSpan.FromSeconds(10));
        var providers = AlertProviders.Of(FloodWorld.Catalog, World.Ledger, (_, _) => false, (_, _) => false, TestCatalog.Zone);
        var kept = await new AlertStage(World.Ledger, providers, AlertWorld.Round).RunAsync(clock.GetUtcNow(), null, Token);
        Assert.Empty(kept.Events);
    }

    private AlertDelivery Delivery() => new(new(), FloodWorld.Catalog, TestCatalog.Zone, clock, (_, _) => { }, _ => { });

    /// <summary>All that ever happened, by the hour whose report brought it, each within the time that is promised.</summary>
    private async Task<IReadOnlyList<string>> ToldAsync()
    {
        var told = new List<AlertEvent>();
        foreach (var alert in await World.Ledger.ReadAlertsAsync(new(), Token))
            told.AddRange(await World.Ledger.ReadAlertEventsAsync(alert.Key, Token));
        Assert.All(told, one => Assert.InRange(one.At - received.Last(at => at <= one.At), TimeSpan.Zero, Promised));
        return [.. told.OrderBy(one => one.At).ThenBy(one => one.Key, StringComparer.Ordinal).Select(Line)];
    }

    private static string Line(AlertEvent one)
    {
        var level = AlertKeys.LevelOf(one.Key) ?? throw new InvalidOperationException(one.Key);
        var hour = one.At.ToOffset(Vietnam) - Later;
        var word = one.Step switch
        {
            AlertStep.Fired or AlertStep.Reopened => "up",
            AlertStep.Resolved => "down",
            AlertStep.Changed => "goes on",
            _ => one.Step.Code(),
        };
        var which = level.IsMissed ? "missed " : "";
        return string.Create(CultureInfo.InvariantCulture, $"{hour:dd'T'HH} {word} {which}{level.Threshold}/{level.Level}");
    }
}
