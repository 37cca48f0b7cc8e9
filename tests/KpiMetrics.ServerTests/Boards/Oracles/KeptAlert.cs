using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>One object of <c>alerts list --json</c>: an alert that somebody took on or explained, or that is resolved.</summary>
internal sealed record KeptAlert(string Key, string Kind, string Severity, string State, string Title, DateTimeOffset Since)
{
    public const string Road = "alerts list --json";

    public string? Indicator { get; init; }
    public string? Measure { get; init; }
    public string? Freq { get; init; }
    public string? Period { get; init; }

    /// <summary>The area's code.</summary>
    public string? Area { get; init; }

    public string? Agency { get; init; }
    public string? Holder { get; init; }

    /// <summary>With the link to where more is to be read.</summary>
    public string? Explanation { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }

    public bool IsResolved => State == "resolved";

    public bool IsLateness => Kind is "overdue" or "missing" or "incomplete";

    public static KeptAlert Of(JsonElement one)
    {
        var explanation = string.Join(' ', new[] { Text(one, "explanation"), Text(one, "link") }.OfType<string>());
        return new(
            Text(one, "alert") ?? "",
            Text(one, "kind") ?? "",
            Text(one, "severity") ?? "",
            Text(one, "state") ?? "",
            Text(one, "title") ?? "",
            one.GetProperty("since").GetDateTimeOffset()
        )
        {
            Indicator = Text(one, "indicator"),
            Measure = Text(one, "measure"),
            Freq = Text(one, "freq"),
            Period = Text(one, "period"),
            Area = Text(one, "area"),
            Agency = Text(one, "agency"),
            Holder = Text(one, "acknowledged_by") ?? Text(one, "explained_by"),
            Explanation = explanation.Length == 0 ? null : explanation,
            ResolvedAt = one.GetProperty("resolved_at") is { ValueKind: JsonValueKind.String } at ? at.GetDateTimeOffset() : null,
        };
    }

    /// <summary>What is wrong, with what was done about it, and what is wrong no more.</summary>
    public static IReadOnlyList<ExpectedAlert> Handle(
        Sight sight,
        string set,
        IEnumerable<ExpectedAlert> wrong,
        IReadOnlyList<KeptAlert> kept
    )
    {
        var left = kept.Where(one => !one.IsResolved).ToList();
        var handled = wrong.Select(alert =>
        {
            var place = left.FindIndex(one => one.Is(alert));
            if (place < 0)
                return alert;
            var done = left[place];
            left.RemoveAt(place);
            return alert with { State = done.State, Holder = done.Holder, Explanation = done.Explanation };
        });
        return [.. handled, .. kept.Where(one => one.IsResolved).Select(one => one.Expected(sight, set))];
    }

    /// <summary>As boards must show it when it is resolved: they have all of it from here.</summary>
    public ExpectedAlert Expected(Sight sight, string set)
    {
        var area = Area is null ? null : AreaOf(sight, set).Id;
        return new(Kind, Severity, Title, Since, Agency)
        {
            Key = Key,
            Indicator = Indicator,
            Measure = Measure,
            Area = area,
            Period = Period,
            // It does not say of which breakdown it was.
            Way =
                Indicator is null || area is null
                    ? ExpectedAlert.EngineWay
                    : AlertWay.Of(sight, set, Indicator, Measure, area, Freq),
            State = State,
            Holder = Holder,
            Explanation = Explanation,
            ResolvedAt = ResolvedAt,
        };
    }

    /// <summary>The area that bore the code then.</summary>
    public Core.Catalog.Area AreaOf(Sight sight, string set) =>
        Indicator is { } indicator && Period is { } period
            ? sight.Decisions.AreaOf(set, indicator, Area ?? "", period)
            : sight.Decisions.Area(Area ?? "");

    // Findings go by numbers that no check prints.
    private bool Is(ExpectedAlert alert) =>
        alert.Key is { } key
            ? key == Key
            : (Kind, Title, Measure, Period) == (alert.Kind, alert.Title, alert.Measure, alert.Period)
                && alert.Area?.StartsWith($"{Area}@", StringComparison.Ordinal) == true;

    private static string? Text(JsonElement one, string name) => one.GetProperty(name).GetString();
}
