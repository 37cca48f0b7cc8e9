using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Api.ApiWorker;

namespace KpiMetrics.Tests.Api;

/// <summary>The calls about schedules, sources and backfills.</summary>
public sealed partial class OpenApiTests
{
    private const string Schedules = "/api/v1/schedules";
    private const string Schedule = Schedules + "/{set}/{indicator}";
    private const string Sources = "/api/v1/sources";
    private const string Backfills = "/api/v1/backfills";
    private const string Limit = """{"concurrency":3,"why":"thử"}""";

    private static readonly string[] Never = [.. "HMA".Select(letter => $"--Schedule:Cron:{letter}=0 0 0 1 1 ? 2099")];

    private static Dictionary<(string Operation, string Status), Call[]> OfSchedules()
    {
        var calls = new Dictionary<(string Operation, string Status), Call[]>
        {
            [($"GET {Schedules}", "200")] = [new(Schedules)],
            [($"GET {Schedules}", "404")] = [new($"{Schedules}?set=nix")],
            [($"GET {Schedule}", "200")] = [new(ScheduleApi.Months)],
            [($"GET {Schedule}", "404")] = [new($"{Schedules}/{Set}/nix")],
            [($"PATCH {Schedule}", "409")] = [ByOperator(ScheduleApi.Months, ScheduleApi.Yearly)],
            [($"POST {Schedule}/revert", "409")] = [ByOperator($"{ScheduleApi.Months}/revert?freq=M", ScheduleApi.Why)],
            [($"GET {Sources}", "200")] = [new(Sources)],
            [($"POST {Sources}/{{name}}/revert", "409")] = [ByOperator($"{Sources}/silent-cchc/revert", ScheduleApi.Why)],
            [($"GET {Backfills}", "200")] = [new(Backfills)],
            [($"GET {Backfills}/{{id}}", "200")] = [new($"{Backfills}/1")],
            [($"GET {Backfills}/{{id}}", "400")] = [new($"{Backfills}/nix")],
            [($"GET {Backfills}/{{id}}", "404")] = [new($"{Backfills}/99")],
            [($"POST {Backfills}", "202")] = [ByOperator(Backfills, """{"set":"cchc","from":"2024","to":"2024","why":"thử"}""")],
            [($"POST {Backfills}", "409")] = [ByOperator(Backfills, ScheduleApi.Span())],
        };
        Add($"PATCH {Schedule}", ScheduleApi.Months, ScheduleApi.Nine, $"{Schedules}/{Set}/nix");
        Add($"POST {Schedule}/preview", $"{ScheduleApi.Months}/preview", ScheduleApi.Nine, $"{Schedules}/{Set}/nix/preview");
        foreach (var action in (string[])["pause", "resume", "revert"])
            Add(
                $"POST {Schedule}/{action}",
                $"{ScheduleApi.Months}/{action}",
                ScheduleApi.Why,
                $"{Schedules}/{Set}/nix/{action}"
            );
        Add($"POST {Schedule}/run", $"{ScheduleApi.Months}/run", ScheduleApi.Why, $"{Schedules}/{Set}/nix/run", "202");
        Add($"PUT {Sources}/{{name}}/concurrency", $"{Sources}/built-in/concurrency", Limit, $"{Sources}/nix/concurrency");
        Add($"POST {Sources}/{{name}}/revert", $"{Sources}/built-in/revert", ScheduleApi.Why, $"{Sources}/nix/revert");
        Add($"POST {Backfills}", Backfills, ScheduleApi.Span(more: "\"dry_run\":true"), null);
        calls[($"POST {Backfills}", "404")] = [ByOperator(Backfills, ScheduleApi.Span(more: "\"indicator\":\"nix\""))];
        return calls;

        void Add(string operation, string path, string body, string? unknown, string done = "200")
        {
            calls[(operation, done)] = [ByOperator(path, body)];
            calls[(operation, "400")] = [ByOperator(path, "{}")];
            calls[(operation, "403")] = [ByOperator(path, body) with { Role = TokenRole.Viewer }];
            calls[(operation, "415")] = [ByOperator(path, body) with { Type = "application/xml" }];
            if (unknown is not null)
                calls[(operation, "404")] = [ByOperator(unknown, body)];
        }
    }

    private static Call ByOperator(string path, string body) => new(path) { Body = body, Role = TokenRole.Operator };

    /// <summary>Something to undo of an indicator and of a source, whatever is undone first; backfill 1 of <see cref="Set"/> is at work.</summary>
    private static async Task PrepareAsync(ApiWorker worker)
    {
        var ledger = DutyApi.Engine(worker).Ledger;
        foreach (var target in (ScheduleTarget[])[ScheduleTarget.Of(Set, "DY-A02"), ScheduleTarget.OfSource("built-in")])
        {
            var edit = new ScheduleEdit(target, "set", "test", "thử") { Priority = 6, Concurrency = 5 };
            await ledger.ChangeScheduleAsync(edit, TimeProvider.System.GetUtcNow(), Token);
        }
        var secret = await worker.TokenAsync(TokenRole.Operator);
        var begun = await DutyApi.SendAsync(worker, "POST", Backfills, secret, ScheduleApi.Span());
        Assert.Equal(202, (int)begun.StatusCode);
    }

    /// <summary>A source of the tests' set and one of another, which never answer.</summary>
    private static string SilentSite(LoopbackServer office) =>
        "sources:\n"
        + string.Concat(
            ((string[])[$"{Set}, set: {Set}, indicators: [DY-A01]", "cchc, set: cchc, indicators: [CC-F101]"]).Select(of =>
                $"  - {{kind: http, name: silent-{of}, url: '{office.Address}/{{indicator}}/{{period}}', columns: {{measure: $.ma, area: '=24', value: $.giaTri}}}}\n"
            )
        );
}
