using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>One object of <c>check --json</c>.</summary>
/// <param name="Area">The area's code.</param>
internal sealed record Found(
    string Code,
    string Indicator,
    string Measure,
    string Subject,
    string Area,
    string Period,
    string Sentence
)
{
    public FindingSign Sign =>
        Code switch
        {
            "sources-differ" => FindingSign.Disagreeing,
            "not-computable" => FindingSign.None,
            "at-most" or "cumulative-fall" => FindingSign.Wrong,
            _ when Code.StartsWith("identity-", StringComparison.Ordinal) => FindingSign.Wrong,
            _ when Code.StartsWith("reconcile-", StringComparison.Ordinal) => FindingSign.Wrong,
            _ => FindingSign.Suspicious,
        };

    public static Found Of(JsonElement one) =>
        new(
            Text(one, "code"),
            Text(one, "indicator"),
            Text(one, "measure"),
            Text(one, "subject"),
            Text(one, "area"),
            Text(one, "period"),
            Text(one, "vietnamese")
        );

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString() ?? "";
}
