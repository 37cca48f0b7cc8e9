using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Commands;

public sealed class BackfillCommandTests : IDisposable
{
    private const string Site = """
        sources:
          - kind: http
            name: so-noi-vu
            set: cchc
            indicators: [CC-F101]
            url: http://127.0.0.1:9/{indicator}/{period}
            columns: {measure: $.ma, area: "=24", value: $.giaTri}
            retries: 0
        """;

    private readonly Cli cli = new();

    public BackfillCommandTests() => cli.Folder.Write("data/site.yaml", Site);

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Backfill_DryRun_ListsTheQuestionsOldestFirst()
    {
        var result = await Backfill("--from", "2024", "--to", "2025-Q1", "--dry-run");

        Assert.Equal(
            [
                "cchc/CC-F101/Q from so-noi-vu: 2024-Q1",
                "cchc/CC-F101/S from so-noi-vu: 2024-S1",
                "cchc/CC-F101/A from so-noi-vu: 2024",
                "cchc/CC-F101/Q from so-noi-vu: 2024-Q2",
                "cchc/CC-F101/Q from so-noi-vu: 2024-Q3",
                "cchc/CC-F101/S from so-noi-vu: 2024-S2",
                "cchc/CC-F101/Q from so-noi-vu: 2024-Q4",
                "cchc/CC-F101/Q from so-noi-vu: 2025-Q1",
                "8 questions for 8 periods; none was asked",
            ],
            result.Lines
        );
        Assert.Equal((0, ""), (result.Exit, result.Error));
    }

    [Fact]
    public async Task Backfill_Mistakes_AreRefusedWithWhatIsAllowed()
    {
        (await Backfill("--from", "2024-13", "--to", "2025")).FailedWith("--from '2024-13' does not exist");
        (await Backfill("--from", "2026", "--to", "2025")).Failed("--from 2026 begins after --to 2025 ends.");
        (await Backfill("--from", "2024", "--to", "2025", "--indicator", "CC-X")).FailedWith("is not in set cchc");
        (await Backfill("--from", "2024", "--to", "2025", "--source", "so-y-te")).Failed(
            "--source 'so-y-te' serves no cchc; allowed: so-noi-vu."
        );
        (await Backfill("--from", "2024", "--to", "2025", "--indicator", "CC-F201")).FailedWith("there is nothing to ask");
    }

    [Fact]
    public async Task Backfill_SourceThatIsAway_FailsAndDoesNotAskItForEverything()
    {
        var result = await Backfill("--from", "2024", "--to", "2025-Q1");

        Assert.Equal(
            (1, "0 questions answered, 8 not; 0 figures recorded, 0 repeated, 0 refused"),
            (result.Exit, result.Lines[^1])
        );
    }

    [Fact]
    public async Task Backfill_OneOfficeBehindASourceIsDown_AsksItForTheOthers()
    {
        await using var server = new LoopbackServer(
            (head, _) => LoopbackServer.Json("[]", head.Contains("CC-F101", StringComparison.Ordinal) ? 503 : 200)
        );
        var site = Site.Replace("http://127.0.0.1:9", server.Address, StringComparison.Ordinal)
            .Replace("[CC-F101]", "[CC-F101, CC-F102]", StringComparison.Ordinal);
        cli.Folder.Write("data/site.yaml", $"{site}\n    break_after: 100");

        var result = await Backfill("--from", "2024", "--to", "2024");

        Assert.Equal(
            (1, "7 questions answered, 7 not; 0 figures recorded, 0 repeated, 0 refused"),
            (result.Exit, result.Lines[^1])
        );
    }

    private Task<CliResult> Backfill(params string[] arguments) => cli.RunAsync(["backfill", "--set", "cchc", .. arguments]);
}
