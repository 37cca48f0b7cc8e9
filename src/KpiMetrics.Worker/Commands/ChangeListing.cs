using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Catalog.Changes;

namespace KpiMetrics.Worker.Commands;

/// <summary>What <c>catalog diff</c> prints: set by set, a line for each change and one below it for what it would do to the past.</summary>
internal static class ChangeListing
{
    private const string Day = "yyyy-MM-dd";

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string ToJson(IReadOnlyList<CatalogChange> changes) =>
        JsonSerializer.Serialize(
            changes.Select(change => new
            {
                set = change.Set,
                code = change.Code,
                change = Vocabularies.Changes.Word(change.Change),
                from = change.From,
                to = change.To,
                on = change.On?.ToString(Day, CultureInfo.InvariantCulture),
                warning = change.Warning,
            }),
            Json
        );

    public static string ToText(IReadOnlyList<CatalogChange> changes)
    {
        if (changes.Count == 0)
            return "No changes.";
        var lines = new List<string>();
        var code = changes.Max(change => change.Code?.Length ?? 3);
        var word = changes.Max(change => Vocabularies.Changes.Word(change.Change).Length);
        foreach (var set in changes.GroupBy(change => change.Set, StringComparer.Ordinal))
        {
            lines.Add(set.Key);
            foreach (var change in set)
            {
                var kind = Vocabularies.Changes.Word(change.Change).PadRight(word);
                lines.Add($"  {(change.Code ?? "set").PadRight(code)}  {kind}  {What(change)}{When(change)}".TrimEnd());
                if (change.Warning is { } warning)
                    lines.Add($"  {"".PadRight(code)}  WARNING: {warning}");
            }
        }
        lines.Add(Summary(changes.Count, changes.Count(change => change.Warning is not null)));
        return string.Join(Environment.NewLine, lines);
    }

    private static string What(CatalogChange change) =>
        change.Change switch
        {
            ChangeKind.Retired => "",
            ChangeKind.Gone => change.From ?? "",
            ChangeKind.Added or ChangeKind.Season or ChangeKind.Event when change.From is null => change.To ?? "",
            ChangeKind.ReplacedBy or ChangeKind.ContinuedBy when change.From is null => change.To ?? "",
            _ => $"{Shown(change.From)} -> {Shown(change.To)}",
        };

    private static string Shown(string? text) => text is null or "" ? "none" : text;

    private static string When(CatalogChange change)
    {
        var on = change.On?.ToString(Day, CultureInfo.InvariantCulture);
        return change.Change switch
        {
            ChangeKind.Retired => $"after {on}",
            ChangeKind.Renamed or ChangeKind.Agency or ChangeKind.Frequency when on is null => ", at once and for the past too",
            ChangeKind.History => $", on {on}",
            ChangeKind.Season => "",
            _ when on is not null => $", from {on}",
            _ => "",
        };
    }

    private static string Summary(int changes, int warnings) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{changes} {(changes == 1 ? "change" : "changes")}, {(warnings == 0 ? "none changes the past" : $"{warnings} with a WARNING for the past")}"
        );
}
