using System.Net;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>Offices push to one worker at once, with their ledger in PostgreSQL: none waits for what another one's report waits for.</summary>
[Collection(WorkerTests.Name)]
public sealed class PushesAtOnceTest(SharedPostgres postgres)
{
    // More than one worker writes at once.
    private const int Pushes = 12;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Another worker stands still in the middle of a report of office 1. What office 1 pushes meanwhile waits; office 2 is answered, as if nothing were.
    /// </summary>
    [Fact]
    public async Task Push_WhileAReportOfAnotherOfficeStandsStill_IsAnswered()
    {
        var database = await postgres.CreateLedgerAsync(Token);
        using var installation = new Installation { Postgres = database };
        var yesterday = OfficeSet.Today.AddDays(-1);
        OfficeSet.Write(installation, yesterday.AddDays(-1), [OfficeSet.Indicator(1), OfficeSet.Indicator(2)]);
        await using var worker = await installation.RunUntilUpAsync();
        using var waits = await PushClient.OfAsync(installation, worker, "Sở 1");
        using var goesOn = await PushClient.OfAsync(installation, worker, "Sở 2");
        await using var other = new PostgresLedger(database);
        var now = TimeProvider.System.GetUtcNow();
        var header = new ReportHeader(OfficeSet.Code, "push", "khac", now, false, now, "test") { Circle = "sở 1" };
        List<Task<(HttpStatusCode Status, string Said)>> waiting;
        (HttpStatusCode Status, string Said) answer;
        // PostgreSQL ends it by itself where it stands still for ten seconds.
        await using (var still = await other.BeginAsync(header, Token))
        {
            await still.AppendAsync([Figure(yesterday)], Token);
            waiting =
            [
                .. Enumerable
                    .Range(1, Pushes)
                    .Select(number =>
                        waits.PushAsync($"cua-so-1-{number:00}", [PushClient.Row("98001", OfficeSet.Text(yesterday), number)])
                    ),
            ];

            answer = await goesOn.PushAsync("cua-so-2", [RowOfSecond(yesterday)]);

            Assert.DoesNotContain(waiting, push => push.IsCompleted);
        }

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("\"recorded\":1", answer.Said, StringComparison.Ordinal);
        foreach (var (status, said) in await Task.WhenAll(waiting))
        {
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("\"recorded\":1", said, StringComparison.Ordinal);
        }
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }

    private static string RowOfSecond(DateOnly day) =>
        PushClient.Row("98001", OfficeSet.Text(day), 7).Replace("NG-A01", "NG-A02", StringComparison.Ordinal);

    private static ReportedFigure Figure(DateOnly day) =>
        new(
            new(OfficeSet.Code, "NG-A01", "NG-A01.01", "", "98001", Frequency.Day),
            Period.Parse(OfficeSet.Text(day)),
            FigureValue.Of(100),
            ObsStatus.Normal,
            Vintage.Official,
            null
        );
}
