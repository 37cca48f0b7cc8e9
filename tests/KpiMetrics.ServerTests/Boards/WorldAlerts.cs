using System.Text.Json;
using KpiMetrics.ServerTests.Boards.Oracles;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>What people did about alerts of the world, so that there are some in every state; the worker must have raised them, and closes one.</summary>
internal static class WorldAlerts
{
    private const string Holder = "Nguyễn Văn An";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One late report is taken on, one explained, one comes after all; a figure that two sources differ about is taken on.</summary>
    public static async Task HappenAsync(BoardWorld world, WorkerProcess worker)
    {
        var installation = world.Installation;
        await DifferAsync(world);
        var late = await FindAsync(world, worker, IsOfReport, 3, "--set", TestSet.Code);
        var (taken, explained, closed) = (late[0], late[1], late[2]);
        await installation.DoAsync("alerts", "ack", Text(taken, "alert"), "--who", Holder, "--why", "đang hỏi xã");
        string[] why = ["--text", "Xã mất điện ba ngày", "--link", "https://vi.du/cong-van-12"];
        await installation.DoAsync(["alerts", "explain", Text(explained, "alert"), .. why, "--who", Holder]);
        var different = await FindAsync(world, worker, IsOfHarm, 1, "--set", "lao-cai", "--kind", "disagreement");
        await installation.DoAsync("alerts", "ack", Text(different[0], "alert"), "--who", Holder, "--why", "đang đối chiếu");
        await world.ImportAsync(
            TestSet.Code,
            WorldEvents.Columns,
            [.. TestSet.FirstMeasures.Select(measure => $"TN-A01,{measure},,{Text(closed, "area")},{Text(closed, "period")},7")]
        );
        await Eventually.SeesAsync(
            "the alert of the report that came resolved",
            () => installation.JsonAsync("alerts", "show", Text(closed, "alert"), "--json"),
            alert => Text(alert, "state") == "resolved",
            Patience,
            Token,
            () => worker.Said
        );
    }

    /// <summary>None of the states is missing among the alerts of the set of tests: otherwise boards would not be held against it.</summary>
    public static void AreInEveryState(IEnumerable<ExpectedAlert> alerts) =>
        Assert.Equal(
            ["acknowledged", "explained", "firing", "resolved"],
            alerts.Select(alert => alert.State).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );

    // Neither of the sources is more trusted, and both are real.
    private static async Task DifferAsync(BoardWorld world)
    {
        foreach (var (source, moved) in new[] { ("xa", 3), ("benh-vien", 4) })
        {
            var row = $"LC-C02,LC-C02.01,so-tan,{BoardWorld.Commune},{WorldEvents.Hour(-2)},{moved}";
            var file = world.Installation.Write($"{source}.csv", $"{WorldEvents.Columns}\n{row}");
            await world.ImportFileAsync("lao-cai", file, source);
        }
    }

    // Of the newest month, and of communes that nothing else happens to.
    private static bool IsOfReport(JsonElement alert) =>
        Text(alert, "indicator") == "TN-A01" && string.CompareOrdinal(Text(alert, "area"), TestSet.Communes[10]) >= 0;

    private static bool IsOfHarm(JsonElement alert) => Text(alert, "measure") == "LC-C02.01";

    private static async Task<IReadOnlyList<JsonElement>> FindAsync(
        BoardWorld world,
        WorkerProcess worker,
        Func<JsonElement, bool> isMeant,
        int least,
        params string[] which
    ) =>
        await Eventually.SeesAsync(
            $"alerts: {string.Join(' ', which)}",
            async () =>
                (await world.Installation.JsonAsync(["alerts", "list", "--state", "firing", "--json", .. which]))
                    .EnumerateArray()
                    .Where(isMeant)
                    .OrderByDescending(alert => Text(alert, "period"), StringComparer.Ordinal)
                    .ThenBy(alert => Text(alert, "area"), StringComparer.Ordinal)
                    .ToList(),
            alerts => alerts.Count >= least,
            Patience,
            Token,
            () => worker.Said
        );

    private static string Text(JsonElement alert, string name) => alert.GetProperty(name).GetString() ?? "";
}
