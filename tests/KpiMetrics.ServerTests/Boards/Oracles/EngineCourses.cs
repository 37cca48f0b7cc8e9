using System.Globalization;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The courses of the engine's own readings: the last one against what the worker's API said at that moment.</summary>
internal static class EngineCourses
{
    public static IReadOnlyList<(string Title, Func<Sight, Task> CompareAsync)> All { get; } =
    [
        ("Chờ lên bảng", sight => LastIsAsync(sight, sight.World.Moment.Metric("kpi_outbox_waiting"))),
        ("Độ trễ", LagAsync),
        ("Quá hạn", sight => LastIsAsync(sight, sight.World.Moment.Metric("kpi_obligations_overdue"))),
        ("Nguồn hỏng", sight => LastIsAsync(sight, Failing(sight))),
        ("Bộ nhớ", MemoryAsync),
        (
            "Bị từ chối",
            async sight =>
                await LastIsAsync(sight, (await sight.Roads.AskAsync("publish", "status")).GetProperty("refused").GetDouble())
        ),
    ];

    private static Task LastIsAsync(Sight sight, double? expected)
    {
        Assert.NotNull(expected);
        Shape(sight);
        Assert.Equal(Cells.Text(expected), Cells.Text(sight.World.Moment.Last(sight.Panel.Title)));
        sight.Counted();
        return Task.CompletedTask;
    }

    // Something lags exactly when something waits; nothing did at the end.
    private static Task LagAsync(Sight sight)
    {
        Shape(sight);
        var moment = sight.World.Moment;
        Assert.Null(moment.Metric("kpi_publish_oldest_seconds"));
        var waiting = moment.Frames("Chờ lên bảng").SelectMany(frame => frame.Records);
        var lags = moment.Frames(sight.Panel.Title).SelectMany(frame => frame.Records).ToList();
        sight.Same(
            [.. waiting.Where(row => row["waiting"] is > 0.0).Select(row => Cells.Row(row["Time"], row["worker"]))],
            [.. lags.Select(row => Cells.Row(row["Time"], row["worker"]))]
        );
        Assert.All(lags, row => Assert.InRange((double)row["lag"]!, 0, (Sight.Now - sight.World.Began).TotalSeconds));
        return Task.CompletedTask;
    }

    private static Task MemoryAsync(Sight sight)
    {
        Shape(sight);
        var moment = sight.World.Moment;
        var shown = Convert.ToDouble(moment.Last(sight.Panel.Title), CultureInfo.InvariantCulture);
        Assert.InRange(shown, 0.5 * moment.Memory, 2.0 * moment.Memory);
        sight.Counted();
        return Task.CompletedTask;
    }

    private static double Failing(Sight sight) =>
        sight
            .World.Moment.Sources.Where(source =>
                source.GetProperty("asked") is { ValueKind: System.Text.Json.JsonValueKind.Object } asked
                && asked.GetProperty("failing").GetInt64() > 0
            )
            .Select(source => source.GetProperty("name").GetString())
            .Distinct(StringComparer.Ordinal)
            .Count();

    // One line for each worker, by the name that its operators gave it.
    private static void Shape(Sight sight)
    {
        var moment = sight.World.Moment;
        var name = moment.Label("kpi_worker_info", "node");
        foreach (var frame in moment.Frames(sight.Panel.Title))
        {
            Assert.Equal(3, frame.Columns.Count);
            Assert.All(frame.Records, row => Assert.Equal(name, row["worker"]));
        }
    }
}
