using System.Globalization;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A backfill killed again and again: given anew it goes on where it was, and ends with the figures of an undisturbed one.</summary>
[Collection(WorkerTests.Name)]
public sealed class BackfillKillTest
{
    private const int Days = 400;
    private const int Kills = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backfill_KilledAndGivenAnew_GoesOnAndDoublesNothing()
    {
        await using var office = new OfficeServer(request =>
            request.SayAsync(OfficeSet.Rows(request.Name, value: Value(request.Period)))
        );
        using var installation = new Installation();
        var first = OfficeSet.Today.AddDays(-Days);
        OfficeSet.Write(installation, first, [OfficeSet.Indicator(1)]);
        installation.WriteSite("sources:\n" + OfficeSet.Source("khoe", office.Url, "NG-A01"));
        string[] backfill =
        [
            "backfill",
            "--set",
            OfficeSet.Code,
            "--from",
            OfficeSet.Text(first),
            "--to",
            OfficeSet.Text(OfficeSet.Today.AddDays(-1)),
        ];

        for (var kill = 1; kill <= Kills; kill++)
        {
            var until = kill * Days / (Kills + 1);
            await using var killed = installation.Start(backfill);
            await Eventually.HappensAsync(
                string.Create(CultureInfo.InvariantCulture, $"{until} questions"),
                () => office.Asked >= until,
                Installation.Patience,
                Token,
                () => killed.Said
            );
            await killed.KillAsync();
            Assert.Equal(WorkerProcess.Killed, killed.ExitCode);
        }
        await installation.DoAsync(backfill);

        // Of each killed run at most one answer was not remembered.
        Assert.InRange(office.Asked, Days, Days + Kills);
        var figures = (await installation.ExportAsync(OfficeSet.Code)).Where(figure => figure.IsReported).ToList();
        Assert.Equal(Days * OfficeSet.Communes.Count, figures.Count);
        Assert.All(
            figures,
            figure =>
                Assert.Equal(
                    (Value(figure["period"]).ToString(CultureInfo.InvariantCulture), "1"),
                    (figure["value"], figure["revision"])
                )
        );
        using var ledger = new LedgerFile(installation.LedgerFile);
        Assert.Equal(figures.Count, ledger.Count("SELECT COUNT(*) FROM observation"));
    }

    private static int Value(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber % 1000;
}
