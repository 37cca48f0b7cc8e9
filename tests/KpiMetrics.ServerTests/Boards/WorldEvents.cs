using System.Globalization;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>What happens in the world of the boards besides the demo, so that every panel has something to show.</summary>
internal static class WorldEvents
{
    public const string Columns = "indicator,measure,subject,area,period,value";

    /// <summary>Of rain, in millimetres an hour: more than any threshold.</summary>
    private const int Downpour = 70;

    private static readonly HttpClient Http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A source that nobody answers for, beside the demo's.</summary>
    public static string Site(int port) =>
        $$"""
            sources:
              - kind: http
                name: {{BoardWorld.DeadSource}}
                set: {{TestSet.Code}}
                indicators: [TN-A01]
                url: http://127.0.0.1:{{port}}/{indicator}?ky={period}
                columns: {indicator: $.chiTieu, measure: $.ma, area: $.diaBan, value: $.giaTri, unit: $.donVi}
                timeout_seconds: 2
                retries: 0

            """;

    public static async Task HappenAsync(BoardWorld world, InfluxServer influx)
    {
        await world.ImportFileAsync("cchc", Seeds.Forms, "forms");
        await world.ImportFileAsync("cchc", Seeds.Narrative, "narrative");
        await PlanAsync(world.Installation);
        await DeclareAsync(world.Installation, BoardWorld.Commune, "1/CĐ", -30);
        await world.ImportAsync("lao-cai", Columns, Rain(BoardWorld.Commune, Hour(-1)), Rain(BoardWorld.Commune, Hour(-2)));
        await OwedAsync(world);
        await AskAsync(world.Installation);
        await RescheduleAsync(world.Installation);
        await RefuseAsync(world, influx);
    }

    /// <summary>An emergency of one commune, since some hours ago.</summary>
    public static Task DeclareAsync(Installation installation, string commune, string order, int since) =>
        installation.DoAsync(
            "emergency",
            "start",
            "--areas",
            commune,
            "--order",
            order,
            "--from",
            Local(since).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            "--until",
            Local(3).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)
        );

    /// <summary>A row of a downpour.</summary>
    public static string Rain(string commune, string hour) =>
        string.Create(CultureInfo.InvariantCulture, $"LC-C01,LC-C01.01,luong-mua,{commune},{hour},{Downpour}");

    /// <summary>Counted from the one that is under way.</summary>
    public static string Hour(int hour) => Local(hour).ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture);

    private static async Task PlanAsync(Installation installation)
    {
        var year = Local(0).Year;
        var rows = new[] { year - 1, year }.Select(of =>
            string.Create(CultureInfo.InvariantCulture, $"BN-08,{BoardWorld.Planned},24,{of},120000")
        );
        var file = installation.Write("plan.csv", "indicator,measure,area,period,value\n" + string.Join('\n', rows));
        await installation.DoAsync("plan", "import", file, "--set", "bac-ninh");
    }

    // Of the newest month that is late: one commune is let off, one has more time, one reported a part, one all of it too late.
    private static async Task OwedAsync(BoardWorld world)
    {
        var owed = await world.Roads.OwedAsync(TestSet.Code, TimeProvider.System.GetUtcNow());
        var month = owed.Where(one => one.IsOpenAndLate).Max(one => one.Period) ?? "";
        Assert.NotEqual("", month);
        string[] of = ["--set", TestSet.Code, "--indicator", "TN-A02", "--period", month, "--why", "thử", "--area"];
        await world.Installation.DoAsync(["obligations", "waive", .. of, TestSet.Communes[0]]);
        var until = Local(48).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        await world.Installation.DoAsync(["obligations", "extend", .. of, TestSet.Communes[1], "--until", until]);
        await world.ImportAsync(
            TestSet.Code,
            Columns,
            [
                $"TN-A02,{TestSet.SecondMeasures[0]},,{TestSet.Communes[2]},{month},5",
                .. TestSet.FirstMeasures.Select(measure => $"TN-A01,{measure},,{TestSet.Communes[3]},{month},7"),
            ]
        );
    }

    // By its schedule the dead source is asked on some days of the month alone, in the middle of whatever a test does then.
    private static async Task AskAsync(Installation installation)
    {
        var asked = await installation.CommandAsync("schedule", "run", $"{TestSet.Code}/TN-A01/M");
        Assert.Contains(BoardWorld.DeadSource, asked.ToString(), StringComparison.Ordinal);
    }

    private static async Task RescheduleAsync(Installation installation)
    {
        var (paused, moved) = (BoardWorld.Rescheduled[0], BoardWorld.Rescheduled[1]);
        await installation.DoAsync("schedule", "pause", paused, "--why", "nguồn bảo trì", "--who", "Nguyễn A");
        await installation.DoAsync("schedule", "resume", paused, "--why", "xong", "--who", "Nguyễn A");
        string[] cron = ["--cron", "0 30 9 6 * ?"];
        await installation.DoAsync(["schedule", "set", moved, .. cron, "--why", "dồn việc", "--who", "Trần B", "--yes"]);
    }

    // In a shard of its own, ten years before all else, where bulletins are taken to be numbers.
    private static async Task RefuseAsync(BoardWorld world, InfluxServer influx)
    {
        var at = new DateTimeOffset(2012, 6, 15, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        using var line = new StringContent(string.Create(CultureInfo.InvariantCulture, $"kpi,area=x text=5 {at}"));
        var address = new Uri($"{influx.Url}/write?db={influx.Database}&precision=s");
        using var answer = await Http.PostAsync(address, line, Token);
        answer.EnsureSuccessStatusCode();
        var (set, measure, area) = BoardWorld.Refused;
        await world.ImportAsync(set, Columns, $"TN-A02,{measure},,{area},2012-06,Bản tin");
    }

    private static DateTimeOffset Local(int hours) =>
        TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).AddHours(hours);
}
