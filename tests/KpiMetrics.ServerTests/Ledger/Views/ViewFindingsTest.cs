using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Ledger.Postgres;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>The real figures of 2025, whose forms and narrative contradict each other: what boards are shown is what the checks say.</summary>
[Collection(WorkerTests.Name)]
public sealed class ViewFindingsTest(SharedPostgres postgres)
{
    private const string Findings = """
        SELECT code, indicator, measure, subject, area, period, source, sentence, stated, recomputed, difference FROM v_finding
        WHERE set_code = 'cchc' AND state = 'firing'
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Findings_OfARunningWorker_AreWhatTheChecksSayUntilTheFiguresAreCorrected()
    {
        using var installation = new Installation { Postgres = await postgres.CreateDatabaseAsync(Token) };
        await ImportAsync(installation, Seeds.Forms, "forms");
        await ImportAsync(installation, Seeds.Narrative, "narrative");
        await using var worker = await installation.RunUntilUpAsync("--Checks:PollSeconds=1", "--Checks:RestSeconds=0");
        await worker.WaitForLineAsync("cchc: checked ", Installation.Patience, Token);
        var catalog =
            CatalogReader.Read(Path.Combine(Repository.Root, "seeds")).Snapshot
            ?? throw new InvalidDataException("The seeds have faults.");
        await using var ledger = new PostgresLedger(installation.Postgres);
        await using var views = new ViewReader(installation.Postgres);

        var said = await SaidAsync(catalog, ledger);

        Assert.Contains(said, row => row.StartsWith("identity-ratio|CC-F303|CC-F303.01|", StringComparison.Ordinal));
        Assert.Contains(said, row => row.StartsWith("sources-differ|", StringComparison.Ordinal));
        Assert.Equal(said, await RowsAsync(views, Findings));
        Assert.Equal(
            "Tỉnh Bắc Ninh|2025|forms|99.61|Biểu mẫu 3, hàng 3.1 nêu 99,61 % nhưng tính từ hàng 3.1.2 (151.619) chia hàng 3.1.1 (153.771) được 98,60 %.",
            await views.OneAsync(
                "SELECT area_name, period, source, stated, sentence FROM v_finding WHERE measure = 'CC-F303.01' AND code = 'identity-ratio'"
            )
        );
        await AlertsAreTheFindingsAsync(views);

        var corrected = installation.Write(
            "dinh-chinh.csv",
            "indicator,measure,area,period,value:en\nCC-F303,CC-F303.01,24,2025,98.60\n"
        );
        await ImportAsync(installation, corrected, "forms");
        await Eventually.SeesAsync(
            "both findings of the figure resolved",
            () => views.RowsAsync("SELECT code, resolved_at >= found_at FROM v_finding WHERE state = 'resolved' ORDER BY code"),
            rows => rows.SequenceEqual(["identity-ratio|True", "sources-differ|True"]),
            Installation.Patience,
            Token,
            () => worker.Said
        );

        Assert.Equal(said.Count - 2, (await views.RowsAsync(Findings)).Count);
        Assert.Equal(await SaidAsync(catalog, ledger), await RowsAsync(views, Findings));
        await AlertsAreTheFindingsAsync(views);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(20), Token));
    }

    private static Task<IReadOnlyCollection<string>> ImportAsync(Installation installation, string file, string source) =>
        installation.DoAsync("import", file, "--set", "cchc", "--source", source);

    private static async Task AlertsAreTheFindingsAsync(ViewReader views) =>
        Assert.Equal(
            await views.RowsAsync(
                """
                SELECT CASE code WHEN 'sources-differ' THEN 'disagreement' ELSE 'contradiction' END AS kind, sentence, found_at, set_code, measure, period,
                    area, agency FROM v_finding WHERE state = 'firing' ORDER BY finding
                """
            ),
            await views.RowsAsync(
                """
                SELECT kind, title, since, set_code, measure, period, area, agency FROM v_alerts
                WHERE kind IN ('contradiction', 'disagreement') AND severity = 'warning' AND state = 'firing'
                ORDER BY substr(alert, 9)::bigint
                """
            )
        );

    private static async Task<List<string>> SaidAsync(CatalogSnapshot catalog, PostgresLedger ledger)
    {
        var found = new List<Finding>();
        await foreach (var measure in new LedgerChecks(catalog, ledger).ReadAsync(new("cchc"), Token))
            found.AddRange(measure.Findings);
        return
        [
            .. found
                .Select(one =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{one.Code}|{one.Indicator}|{one.Measure}|{one.Subject}|{one.Area}|{one.Period}|{one.Source}|{one.Vietnamese}|{one.Stated.Value}|{one.Recomputed}|{one.Difference}"
                    )
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    private static async Task<List<string>> RowsAsync(ViewReader views, string sql) =>
        [.. (await views.RowsAsync(sql)).Order(StringComparer.Ordinal)];
}
