using System.Text.Json;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>What must be acted on, as it follows from what commands say.</summary>
/// <param name="Since">Null where no command says since when: of a finding.</param>
internal sealed record ExpectedAlert(string Kind, string Severity, string Title, DateTimeOffset? Since, string? Agency)
{
    public const string Road = $"{Wrong}, {KeptAlert.Road}";

    /// <summary>Stands for an instant that no command says.</summary>
    public const string Untold = "since it was found";

    /// <summary>The way from what is of no indicator, behind <c>/d/</c>: to those who run the engine.</summary>
    public const string EngineWay = EngineOracles.Uid;

    private const string Wrong =
        "obligations --json, check --json, schedule list --json, /api/v1/sources, publish status, export";

    /// <summary>Null where no command says it: of a finding.</summary>
    public string? Key { get; init; }

    public string? Indicator { get; init; }

    /// <summary>Null where it is of all of them.</summary>
    public string? Measure { get; init; }

    /// <summary>The area's identity.</summary>
    public string? Area { get; init; }

    public string? Period { get; init; }

    /// <summary>Where it leads, behind <c>/d/</c>.</summary>
    public string Way { get; init; } = EngineWay;

    public string State { get; init; } = "firing";
    public string? Holder { get; init; }
    public string? Explanation { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }

    public bool IsCritical => Severity == "critical";

    public bool IsFiring => State == "firing";

    public bool IsLive => State != "resolved";

    /// <summary>A check found it.</summary>
    public bool IsFound => Kind is "contradiction" or "disagreement" or "anomaly";

    /// <summary>How the alert about an obligation is named, whatever becomes of it.</summary>
    public static string KeyOf(Sight sight, string set, Owed one) =>
        $"{set}/{one.Indicator}/{one.Freq}/{one.Period}/{sight.Decisions.Area(one.Area).Id}";

    /// <summary>All that is wrong with a set, with what was done about it, and what was resolved.</summary>
    public static async Task<IReadOnlyList<ExpectedAlert>> OfAsync(Sight sight, string set)
    {
        var at = Sight.Now;
        var owed = await sight.Roads.OwedAsync(set, at);
        var found = await sight.Roads.FindingsAsync(set);
        var refused = set == BoardWorld.Refused.Set ? await RefusedPoint.AllAsync(sight) : [];
        List<ExpectedAlert> wrong =
        [
            .. owed.Where(one => one.IsOpenAndLate).Select(one => Of(sight, set, one, at)),
            .. found.Select(one => Of(sight, set, one)),
            .. refused.Select(point => Of(sight, point)),
            .. await FailingAsync(sight, set),
            .. await RaisedThresholds.OfAsync(sight, set),
        ];
        return KeptAlert.Handle(sight, set, wrong, await sight.Roads.AlertsAsync(set));
    }

    private static ExpectedAlert Of(Sight sight, string set, Found one)
    {
        var area = sight.Decisions.AreaOf(set, one.Indicator, one.Area, one.Period).Id;
        var freq = Core.Periods.Period.Parse(one.Period).Frequency.Code();
        return new(
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
        )
        {
            Indicator = one.Indicator,
            Measure = one.Measure,
            Area = area,
            Period = one.Period,
            Way = AlertWay.Of(sight, set, one.Indicator, one.Measure, area, freq, one.Subject.Length == 0 ? "_T" : one.Subject),
        };
    }

    private static ExpectedAlert Of(Sight sight, string set, Owed one, DateTimeOffset at)
    {
        var isPastGrace = at >= one.PastGraceAt;
        var (kind, words) =
            one.State == "partial" ? ("incomplete", "Chưa đủ chỉ tiêu")
            : isPastGrace ? ("missing", "Thiếu báo cáo")
            : ("overdue", "Quá hạn báo cáo");
        var indicator = sight.Decisions.Indicator(set, one.Indicator).Name;
        var area = sight.Decisions.Area(one.Area);
        return new(
            kind,
            isPastGrace ? "critical" : "warning",
            $"{words}: {indicator}, {area.FullName}, kỳ {one.Period} ({one.Agency})",
            one.DueAt,
            one.Agency
        )
        {
            Key = KeyOf(sight, set, one),
            Indicator = one.Indicator,
            Area = area.Id,
            Period = one.Period,
            Way = AlertWay.Of(sight, set, one.Indicator, null, area.Id, one.Freq),
        };
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
                {
                    Key = $"source:{name}/{set}",
                }
            );
        }
        return alerts;
    }

    private static ExpectedAlert Of(Sight sight, RefusedPoint point)
    {
        var indicator = sight.Decisions.Measure(point.Set, point.Measure).Indicator.Code;
        var area = sight.Decisions.Area(BoardWorld.Refused.Area).Id;
        var freq = Core.Periods.Period.Parse(point.Period).Frequency.Code();
        return new(
            "point-refused",
            "warning",
            $"InfluxDB từ chối số liệu: {point.MeasureName}, {point.AreaName}, kỳ {point.Period}: {point.Reason}",
            null,
            null
        )
        {
            Key = $"point/{point.Set}/{point.Measure}/{freq}/{point.Period}/{area}",
            Indicator = indicator,
            Measure = point.Measure,
            Area = area,
            Period = point.Period,
            Way = AlertWay.Of(sight, point.Set, indicator, point.Measure, area, freq),
        };
    }
}
