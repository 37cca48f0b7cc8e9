using System.Text.Json.Nodes;
using KpiMetrics.Boards.Model;
using KpiMetrics.Core.Alerting;

namespace KpiMetrics.Boards.Parts;

/// <summary>Words and colours of alerts; the words are those of commands and API, and a kind that is added there has its own.</summary>
internal static class AlertWords
{
    public static JsonArray Kinds =>
        Mapping.Of([.. Enum.GetValues<AlertKind>().Select(kind => (kind.Code(), kind.Vietnamese(), (string?)null))]);

    public static JsonArray Severities =>
        Mapping.Of(
            (AlertSeverity.Critical.Code(), "nghiêm trọng", "red"),
            (AlertSeverity.Warning.Code(), "chú ý", "orange"),
            (AlertSeverity.Info.Code(), "để biết", "blue")
        );

    public static JsonArray States =>
        Mapping.Of(
            Word(AlertState.Firing, "red"),
            Word(AlertState.Acknowledged, "orange"),
            Word(AlertState.Explained, "blue"),
            Word(AlertState.Resolved, "green")
        );

    /// <summary>Heads a column of alerts in this state.</summary>
    public static string Title(AlertState state)
    {
        var word = state.Vietnamese();
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    private static (string Value, string Text, string? Color) Word(AlertState state, string color) =>
        (state.Code(), state.Vietnamese(), color);
}
