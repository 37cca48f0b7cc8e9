using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>One object of <c>obligations --json</c>.</summary>
internal sealed record Owed(
    string Indicator,
    string Area,
    string Freq,
    string Period,
    string Agency,
    DateTimeOffset DueAt,
    DateTimeOffset MissingAt,
    string State,
    bool IsLate,
    string? Blame,
    IReadOnlyList<string> Lacks,
    bool IsComplete
)
{
    // A deadline lasts to the end of its second.
    private static readonly TimeSpan LastSecond = TimeSpan.FromSeconds(1);

    public bool IsWaived => State == "waived";

    public bool IsReceived => State is "received" or "received-late";

    /// <summary>Past due and incomplete, and nobody was let off.</summary>
    public bool IsOpenAndLate => IsLate && !IsComplete && !IsWaived;

    /// <summary>Counts among what had to be there by now.</summary>
    public bool CountsAt(DateTimeOffset at) => at >= PastDueAt && !IsWaived;

    public DateTimeOffset PastDueAt => DueAt + LastSecond;

    public DateTimeOffset PastGraceAt => MissingAt + LastSecond;

    public static Owed Of(JsonElement one) =>
        new(
            Text(one, "indicator"),
            Text(one, "area"),
            Text(one, "freq"),
            Text(one, "period"),
            Text(one, "agency"),
            (Instant(one, "extended_to") ?? Instant(one, "due_at")).GetValueOrDefault(),
            Instant(one, "missing_at").GetValueOrDefault(),
            Text(one, "state"),
            one.GetProperty("late").GetBoolean(),
            one.GetProperty("blame").GetString(),
            [.. one.GetProperty("lacks").EnumerateArray().Select(code => code.GetString() ?? "")],
            Instant(one, "complete_at") is not null
        );

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString() ?? "";

    private static DateTimeOffset? Instant(JsonElement one, string name) =>
        one.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetDateTimeOffset() : null;
}
