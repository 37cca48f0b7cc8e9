using System.Globalization;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>Killed again and again while importing, collecting and publishing: nothing is lost, nothing is double.</summary>
[Collection(WorkerTests.Name)]
public sealed class KillTest
{
    private const int Rounds = 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_AtRandomMoments_LosesNothingAndDoublesNothing()
    {
        var seed = Environment.GetEnvironmentVariable("KPIMETRICS_TEST_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"KPIMETRICS_TEST_SEED={seed}");
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        var story = new KillStory(installation, new Random(seed));
        for (var round = 1; round <= Rounds; round++)
            await story.RoundAsync(round, Token);
        TestContext.Current.TestOutputHelper?.WriteLine(story.ToString());
        Assert.True(story.HitUnfinished >= 5, story.ToString());

        await story.FinishAsync(Token);

        using (var ledger = new LedgerFile(installation.LedgerFile))
            story.AssertLedgerHasEveryStatementOnce(ledger);
        story.AssertInboxFilesAreArchivedOnce();
        var figures = await installation.ExportAsync(TestSet.Code);
        Expectations.Equal([story.Imports, story.Inbox], figures);
        await BoardPoints.EqualAsync(influx, figures, Token);
    }
}
