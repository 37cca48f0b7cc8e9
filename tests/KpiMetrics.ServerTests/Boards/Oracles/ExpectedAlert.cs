using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>What must be acted on, as it follows from what commands say.</summary>
/// <param name="Since">Null where no command says since when: of a finding.</param>
internal sealed record ExpectedAlert(string Kind, string Severity, string Title, DateTimeOffset? Since, string? Agency)
{
    public const string Road = "obligations --json, check --json, schedule list --json, /api/v1/sources, publish status, export, alerts list --json";

    /// <summary>Stands for an instant that no command says.</summary>
    public const string Untold = "since it was found";

    public bool IsCritical => Severity == "critical";

    public static async Task<IReadOnlyList<ExpectedAlert>> OfAsync(Sight sight, string set)
    {
        var at = Sight.Now;
        var owed = await sight.Roads.OwedAsync(set, at);
        var found = await sight.Roads.FindingsAsync(set);
        var refused = set == BoardWorld.Refused.Set ? await RefusedPoint.AllAsync(sight) : [];
        return
        [
            .. owed.Where(one => one.IsOpenAndLate).Select(one => Of(sight, set, one, at)),
            .. found.Select(one => new ExpectedAlert(
                one.Sign switch
                {
                    FindingSign.Disagreeing => "disagreement",
                    FindingSign.Suspicious => "anomaly",
                    _ => "contradiction",
                },
                "warning",
                one.Sentence,
                null,
                sight.Decisions.AgencyOf(set, one.Measure)
            )),
            .. refused.Select(point => Of(point)),
            .. await FailingAsync(sight, set),
            .. await RaisedThresholds.OfAsync(sight, set),
        ];
    }

    /// <summary>The table with a word for the instants that no command says, which lie between the beginning of the world and now.</summary>
    public static Frame Untimed(Sight sight, Frame table, string title, string since, IReadOnlySet<string> titles)
    {
        var (titleAt, sinceAt) = (table.Columns.ToList().IndexOf(title), table.Columns.ToList().IndexOf(since));
        return table with { Rows = [.. table.Rows.Select(Row)] };

        IReadOnlyList<object?> Row(IReadOnlyList<object?> row)
        {
            if (!titles.Contains(Cells.Text(row[titleAt])))
                return row;
            var at = Assert.IsType<DateTime>(row[sinceAt]).ToUniversalTime();
            Assert.InRange(at, sight.World.Began.UtcDateTime, Sight.Now.UtcDateTime);
            return [.. row.Select((cell, place) => place == sinceAt ? Untold : cell)];
        }
    }

    private static ExpectedAlert Of(Sight sight, string set, Owed one, DateTimeOffset at)
    {
        var isPastGrace = at >= one.PastGraceAt;
        var (kind, words) =
            one.State == "partial" ? ("incomplete", "Chưa đủ chỉ tiêu")
            : isPastGrace ? ("missing", "Thiếu báo cáo")
            : ("overdue", "Quá hạn báo cáo");
        var indicator = sight.Decisions.Indicator(set, one.Indicator).Name;
        var area = sight.Decisions.Area(one.Area).FullName;
        return new(
            kind,
            isPastGrace ? "critical" : "warning",
            $"{words}: {indicator}, {area}, kỳ {one.Period} ({one.Agency})",
            one.DueAt,
            one.Agency
        );
    }

    // Sources that failed when the first worker was asked; none has answered since. What came of the last question, the schedule says.
    private static async Task<IReadOnlyList<ExpectedAlert>> FailingAsync(Sight sight, string set)
    {
        var alerts = new List<ExpectedAlert>();
        foreach (var source in sight.World.Moment.Sources.Where(one => one.GetProperty("set").GetString() == set))
        {
            var (name, asked) = (source.GetProperty("name").GetString(), source.GetProperty("asked"));
            if (asked.ValueKind != JsonValueKind.Object)
                continue;
            var (failing, duties) = (asked.GetProperty("failing").GetInt64(), asked.GetProperty("duties").GetInt64());
            if (failing == 0)
                continue;
            var outcomes = (await sight.Roads.AskAsync("schedule", "list", "--set", set))
                .EnumerateArray()
                .Select(job => job.GetProperty("last_outcome").GetString() ?? "");
            var outcome = outcomes.Single(said => said.StartsWith($"{name} ", StringComparison.Ordinal));
            outcome = outcome[(outcome.IndexOf(": ", StringComparison.Ordinal) + 2)..];
            alerts.Add(
                new(
                    "source-failing",
                    failing == duties ? "critical" : "warning",
                    $"Nguồn {name} không cung cấp được số liệu ({failing}/{duties} nhiệm vụ): {outcome}",
                    null,
                    null
                )
            );
        }
        return alerts;
    }

    private static ExpectedAlert Of(RefusedPoint point) =>
        new(
            "point-refused",
            "warning",
            $"InfluxDB từ chối số liệu: {point.MeasureName}, {point.AreaName}, kỳ {point.Period}: {point.Reason}",
            null,
            null
        );
}
