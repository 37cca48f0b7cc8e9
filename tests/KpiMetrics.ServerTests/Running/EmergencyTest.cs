using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>An emergency declared and stopped by commands beside a running worker, and the hours that fold into a day.</summary>
[Collection(WorkerTests.Name)]
public sealed class EmergencyTest
{
    private static readonly string[] Flooded = ["98001", "98002", "98003"];
    private static readonly DateOnly Yesterday = OfficeSet.Today.AddDays(-1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Emergency_StartedAndStoppedByCommands_IsLiveWithinSecondsAndWhatWasDueStaysDue()
    {
        using var installation = Given();
        await using var worker = await installation.RunUntilUpAsync();
        await worker.WaitForLineAsync("Schedule 0: ", Installation.Patience, Token);
        await worker.WaitForLineAsync("Obligations: ", Installation.Patience, Token);
        Assert.True(await WaitsForEmergencyAsync(installation));

        var started = await MeasureAsync(worker, "(1 added, 0 removed", () => StartAsync(installation));
        Assert.False(await WaitsForEmergencyAsync(installation));
        var hours = await HoursAsync(installation);
        Assert.Equal(Flooded, hours.Select(Area).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(hours, hour => Assert.Equal("NG-A01", hour.GetProperty("indicator").GetString()));
        Assert.Equal(
            Flooded.Length * 24,
            hours.Count(hour => Period(hour).StartsWith(OfficeSet.Text(Yesterday), StringComparison.Ordinal))
        );
        var due = hours.Where(IsDue).Select(Name).ToList();
        Assert.NotEmpty(due);

        var stopped = await MeasureAsync(
            worker,
            "need not be any more",
            () => installation.DoAsync("emergency", "stop", "1", "--why", "nước rút")
        );
        var left = await HoursAsync(installation);
        Assert.Equal(due, left.Where(IsDue).Select(Name).Take(due.Count));
        Assert.All(left, hour => Assert.True(string.CompareOrdinal(Period(hour), InstantNow()) < 0, Name(hour)));
        Assert.True(left.Count < hours.Count, "no hour to come was taken away");
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant(
                $"after the command: hourly job in {started.TotalSeconds:F1} s, hours to come taken away in {stopped.TotalSeconds:F1} s"
            )
        );
        Assert.InRange(started, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(stopped, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }

    [Fact]
    public async Task Emergency_AllHoursOfADayArePushed_FoldIntoTheDay()
    {
        using var installation = Given();
        await using var worker = await installation.RunUntilUpAsync();
        await worker.WaitForLineAsync("Obligations: ", Installation.Patience, Token);
        await StartAsync(installation);
        await worker.WaitForLineAsync("(1 added, 0 removed", Installation.Patience, Token);

        await PushHoursAsync(installation, worker, hours: 23, first: 0);
        Assert.Equal(0, await ReceivedDaysAsync(installation));
        await PushHoursAsync(installation, worker, hours: 1, first: 23);

        Assert.Equal(Flooded.Length, await ReceivedDaysAsync(installation));
        var days = (await installation.ExportAsync(OfficeSet.Code))
            .Where(figure =>
                figure["freq"] == "D" && figure["period"] == OfficeSet.Text(Yesterday) && Flooded.Contains(figure["area"])
            )
            .ToList();
        Assert.Equal(Flooded.Length, days.Count);
        Assert.All(days, day => Assert.Equal(("300", "24", "24"), (day["value"], day["have"], day["need"]))); // 1 + 2 + ... + 24
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }

    private static Installation Given()
    {
        var installation = new Installation();
        OfficeSet.Write(installation, OfficeSet.Today.AddDays(-3), [OfficeSet.Indicator(1, "H, D"), OfficeSet.Indicator(2)]);
        return installation;
    }

    private static async Task StartAsync(Installation installation) =>
        await installation.DoAsync(
            "emergency",
            "start",
            "--areas",
            string.Join(',', Flooded),
            "--order",
            "12/CĐ-UBND",
            "--from",
            $"{OfficeSet.Text(Yesterday)}T00:00",
            "--until",
            $"{OfficeSet.Text(OfficeSet.Today.AddDays(2))}T00:00"
        );

    /// <summary>From now until the worker says it once more.</summary>
    private static async Task<TimeSpan> MeasureAsync(WorkerProcess worker, string line, Func<Task> command)
    {
        var before = Count();
        await command();
        var clock = Stopwatch.StartNew();
        await Eventually.HappensAsync(line, () => Count() > before, Installation.Patience, Token, () => worker.Said);
        return clock.Elapsed;

        int Count() => worker.Output.Count(said => said.Contains(line, StringComparison.Ordinal));
    }

    private static async Task<bool> WaitsForEmergencyAsync(Installation installation)
    {
        var jobs = await installation.JsonAsync("schedule", "list", "--json");
        var hourly = jobs.EnumerateArray().Single(job => job.GetProperty("duty").GetString() == "nguon/NG-A01/H");
        return hourly.GetProperty("waits_for_emergency").GetBoolean();
    }

    private static async Task<List<JsonElement>> HoursAsync(Installation installation)
    {
        var all = await installation.JsonAsync(
            "obligations",
            "--set",
            OfficeSet.Code,
            "--freq",
            "H",
            "--limit",
            "10000",
            "--json"
        );
        return [.. all.EnumerateArray().OrderBy(Name, StringComparer.Ordinal)];
    }

    private static async Task<int> ReceivedDaysAsync(Installation installation)
    {
        var day = OfficeSet.Text(Yesterday);
        var received = await installation.JsonAsync([
            "obligations",
            "--set",
            OfficeSet.Code,
            "--indicator",
            "NG-A01",
            "--freq",
            "D",
            "--from",
            day,
            "--to",
            day,
            "--state",
            "received,received-late",
            "--json",
        ]);
        return received.GetArrayLength();
    }

    private static async Task PushHoursAsync(Installation installation, WorkerProcess worker, int hours, int first)
    {
        using var office = await PushClient.OfAsync(installation, worker, "Sở 1");
        var rows =
            from area in Flooded
            from hour in Enumerable.Range(first, hours)
            select PushClient.Row(area, FormattableString.Invariant($"{OfficeSet.Text(Yesterday)}T{hour:00}"), hour + 1);
        var (_, said) = await office.PushAsync(FormattableString.Invariant($"hours-from-{first}"), rows);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"\"recorded\":{hours * Flooded.Length},"),
            said,
            StringComparison.Ordinal
        );
    }

    private static bool IsDue(JsonElement hour) =>
        string.CompareOrdinal(hour.GetProperty("due_at").GetString(), InstantNow()) < 0;

    private static string InstantNow() =>
        TimeProvider
            .System.GetUtcNow()
            .ToOffset(TimeSpan.FromHours(7))
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Name(JsonElement hour) => $"{Period(hour)} {Area(hour)}";

    private static string Period(JsonElement line) => line.GetProperty("period").GetString() ?? "";

    private static string Area(JsonElement line) => line.GetProperty("area").GetString() ?? "";
}
