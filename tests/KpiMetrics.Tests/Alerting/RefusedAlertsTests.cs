using System.Collections.Concurrent;
using System.Globalization;
using KpiMetrics.Core.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>Alerts that an Alertmanager does not take, with all that is sent beside them, as one behind a strict proxy: a real one takes all that is ever sent.</summary>
public sealed class RefusedAlertsTests : IAsyncDisposable
{
    private const int Many = 1200; // more than two requests have

    private static readonly List<Alert> All = [.. Enumerable.Range(1, Many).Select(Numbered)];

    private readonly AlertEar ear = new() { Now = AlertWorld.Noon };
    private readonly ConcurrentQueue<string> said = new();
    private readonly AlertDelivery delivery;

    public RefusedAlertsTests() =>
        delivery = new(
            new() { Alertmanagers = [ear.Address] },
            DutyWorld.CatalogOf(DutyWorld.Monthly),
            TestCatalog.Zone,
            new ManualClock(DateTimeOffset.UnixEpoch), // waits as long as it takes
            (_, fault) => said.Enqueue($"away: {fault}"),
            _ => said.Enqueue("back")
        )
        {
            OnRefused = (_, fault) => said.Enqueue(fault),
        };

    public async ValueTask DisposeAsync()
    {
        await delivery.DisposeAsync();
        await ear.DisposeAsync();
    }

    [Fact]
    public async Task Send_SomeOfManyAreRefused_TellsAllOthersSaysSoOnceAndTriesThemAgain()
    {
        ear.Refuses = Has(7, 8, 700);

        await delivery.SendAsync(All, [], [], AlertWorld.Noon);

        Assert.Equal(Told(All.Except([All[6], All[7], All[699]])), ear.News.Order(StringComparer.Ordinal));
        string[] once = [$"{All[6].Key}, {All[7].Key}, {All[699].Key}: it answered 400: no such label is allowed"];
        Assert.Equal(once, said);

        // Each by itself, the next time.
        var before = ear.Requests;
        await delivery.SendAsync(All, [], [], AlertWorld.Noon.AddSeconds(10));
        Assert.Equal(before + 3, ear.Requests);
        Assert.Equal(once, said);

        ear.Refuses = Has(8);
        await delivery.SendAsync(All, [], [], AlertWorld.Noon.AddSeconds(20));
        Assert.Equal(Told(All.Except([All[7]])), ear.News.Order(StringComparer.Ordinal));
        Assert.Equal([.. once, $"{All[7].Key}: it answered 400: no such label is allowed"], said);

        ear.Refuses = _ => false;
        await delivery.SendAsync(All, [], [], AlertWorld.Noon.AddSeconds(30));
        Assert.Equal(Told(All), ear.News.Order(StringComparer.Ordinal));
        Assert.Equal(2, said.Count);
    }

    [Fact]
    public async Task Send_AnEndIsRefused_TellsTheOthersAndThatOneOnceItIsTaken()
    {
        await delivery.SendAsync(All, [], [], AlertWorld.Noon);
        var at = AlertWorld.Noon.AddSeconds(10);
        ear.Now = at;
        ear.Refuses = Has(1);
        var live = All.Skip(900).ToList();
        await delivery.SendAsync(live, [], [], at);
        await delivery.SendAsync([.. live, .. All.Skip(1).Take(899)], [], [], at.AddSeconds(10));
        Assert.Equal(Many + 899, ear.News.Count); // all of these had ended, and are news again

        ear.Refuses = _ => false;
        await delivery.SendAsync(All, [], [], at.AddSeconds(20));
        Assert.Equal(Many + 899, ear.News.Count); // it never ended
        Assert.Single(said);
    }

    [Fact]
    public async Task Send_EverythingIsRefused_SaysSoAndDoesNotAskForEachAlert()
    {
        ear.Refuses = _ => true;

        await delivery.SendAsync(All, [], [], AlertWorld.Noon);

        Assert.InRange(ear.Requests, 3, 100);
        Assert.Empty(ear.News);
        var named = string.Join(", ", All.Take(5).Select(alert => alert.Key));
        Assert.Equal([$"{named} and {Many - 5} more: it answered 400: no such label is allowed"], said);
    }

    /// <summary>It is the last of all, and in the first request.</summary>
    [Fact]
    public async Task Send_OneOfManyIsNew_GoesBeforeThoseThatAreSaidAgain()
    {
        await delivery.SendAsync([.. All.SkipLast(1)], [], [], AlertWorld.Noon);
        var requests = new ConcurrentQueue<string>();
        ear.Refuses = text =>
        {
            requests.Enqueue(text);
            return false;
        };

        await delivery.SendAsync(All, [], [], AlertWorld.Noon.AddMinutes(1));

        Assert.Equal(3, requests.Count);
        Assert.Contains($"\"{All[^1].Key}\"", requests.First(), StringComparison.Ordinal);
    }

    private static Func<string, bool> Has(params int[] numbers) =>
        text => Array.Exists(numbers, n => text.Contains($"\"{All[n - 1].Key}\"", StringComparison.Ordinal));

    private static IEnumerable<string> Told(IEnumerable<Alert> alerts) =>
        alerts.Select(alert => $"{alert.Key} overdue office").Order(StringComparer.Ordinal);

    private static Alert Numbered(int n) =>
        AlertWorld.Open(
            AlertWorld.Late("2026-10", "2026-11-19 17:00") with
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"lc/LC-A01/M/2026-10/{n:0000}"),
            },
            AlertWorld.Noon
        );
}
