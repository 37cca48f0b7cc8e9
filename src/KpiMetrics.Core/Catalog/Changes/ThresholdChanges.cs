using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>Thresholds added, changed or taken out, each a change of its measure; nothing of the past is computed from them.</summary>
internal static class ThresholdChanges
{
    public static void Find(ChangeList changes, Measure old, Measure next)
    {
        var left = next.Thresholds.ToList();
        foreach (var threshold in old.Thresholds)
        {
            var newer = left.Find(other => Name(other) == Name(threshold));
            if (newer is not null)
                left.Remove(newer);
            changes.Compare(old.Code, ChangeKind.Thresholds, Text(threshold), newer is null ? null : Text(newer));
        }
        foreach (var threshold in left)
            changes.Add(old.Code, ChangeKind.Thresholds, to: Text(threshold));
    }

    private static string Name(Threshold threshold)
    {
        var areas = threshold.Areas.Count == 0 ? "" : $", areas {string.Join(", ", threshold.Areas)}";
        var subjects = threshold.Subjects.Count == 0 ? "" : $", {string.Join(", ", threshold.Subjects)}";
        return $"{threshold.Code}{areas}{subjects}";
    }

    private static string Text(Threshold threshold)
    {
        var kind = Vocabularies.ThresholdKinds.Word(threshold.Kind);
        var hours = threshold.Kind == ThresholdKind.Value ? "" : Invariant($" {threshold.Hours}h");
        var unit = threshold.Unit is { } text ? $" {text}" : "";
        var levels = threshold.Levels.Select(level =>
            Invariant($"{level.At}{unit} {level.Code} \"{level.Name}\" {Vocabularies.Severities.Word(level.Severity)}")
        );
        return Invariant(
            $"{Name(threshold)}: \"{threshold.Name}\", {kind}{hours} from {string.Join(", ", levels)}; margin {threshold.Margin}, readings {threshold.Readings}"
        );
    }
}
