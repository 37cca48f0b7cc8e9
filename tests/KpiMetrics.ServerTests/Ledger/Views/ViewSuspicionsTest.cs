using System.Globalization;
using System.Text;
using KpiMetrics.Core.Periods;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Ledger.Views;

/// <summary>A wrong unit in the inbox of a running worker whose checks of whole sets are an hour away: boards see it at once, and that it was corrected.</summary>
[Collection(WorkerTests.Name)]
public sealed class ViewSuspicionsTest(SharedPostgres postgres)
{
    private const int Months = 40;
    private const string Commune = "97001";

    private static readonly Period Last = Period
        .At(Frequency.Month, TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).DateTime)
        .Shift(-1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspicion_OfAFigureJustTakenIn_IsAnAlertUntilItIsCorrected()
    {
        using var installation = new Installation { Postgres = await postgres.CreateDatabaseAsync(Token) };
        var history = installation.Write("lich-su.csv", Rows(Enumerable.Range(1 - Months, Months - 1), 1));
        await installation.DoAsync("import", history, "--set", TestSet.Code);
        await using var worker = await installation.RunUntilUpAsync("--Checks:PollSeconds=3600", "--Inbox:SettleSeconds=0");
        await using var views = new ViewReader(installation.Postgres);

        installation.Drop(TestSet.Code, "nham-don-vi.csv", Rows([0], 1000));

        var alert = await SeesAsync(
            views,
            worker,
            "SELECT kind, severity, state, measure, period, title FROM v_alerts WHERE kind = 'anomaly'",
            1
        );
        Assert.StartsWith(
            $"anomaly|warning|firing|TN-A01.01|{Last}|TN-A01.01 \"Sản lượng\": số liệu ",
            alert[0],
            StringComparison.Ordinal
        );
        Assert.EndsWith(": nghi nhầm kg với tấn.", alert[0], StringComparison.Ordinal);
        Assert.Equal("unit-slip|firing", await views.OneAsync("SELECT code, state FROM v_finding"));
        const string Suspicious = "SELECT sum(suspicious), sum(wrong) FROM v_quality WHERE set_code = 'thu-nghiem'";
        Assert.Equal("1|0", await views.OneAsync(Suspicious));

        installation.Drop(TestSet.Code, "dinh-chinh.csv", Rows([0], 1));

        await SeesAsync(views, worker, "SELECT 1 FROM v_finding WHERE state = 'resolved'", 1);
        Assert.Empty(await views.RowsAsync("SELECT kind FROM v_alerts WHERE kind = 'anomaly'"));
        Assert.Equal("0|0", await views.OneAsync(Suspicious));
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Empty(worker.Error);
    }

    private static Task<List<string>> SeesAsync(ViewReader views, WorkerProcess worker, string sql, int rows) =>
        Eventually.SeesAsync(
            $"{rows} rows of {sql}",
            () => views.RowsAsync(sql),
            found => found.Count == rows,
            Installation.Patience,
            Token,
            () => worker.Said
        );

    // Two fifths more in December than in January, and a hundredth more each month.
    private static string Rows(IEnumerable<int> shifts, int factor)
    {
        var text = new StringBuilder("indicator,measure,area,period,value:en\n");
        foreach (var month in shifts.Select(Last.Shift))
        {
            var value = (1000 + 40 * month.Number) * (1 + (month.Index - Last.Index + Months) / 100m);
            text.Append(CultureInfo.InvariantCulture, $"TN-A01,TN-A01.01,{Commune},{month},{decimal.Round(value, 1) * factor}\n");
        }
        return text.ToString();
    }
}
