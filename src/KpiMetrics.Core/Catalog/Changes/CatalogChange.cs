namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>One difference between two versions of a set.</summary>
/// <param name="Set">The set's code.</param>
/// <param name="Code">The code of the indicator or measure; null: the set itself.</param>
/// <param name="From">What it was; null where there was nothing or nothing need be said.</param>
/// <param name="To">What it becomes.</param>
/// <param name="On">The first day on which it is so; of what is retired, its last day in force; of a history, the first day for which it differs. Null: at once, and for the past too.</param>
/// <param name="Warning">What would happen to figures and comparisons of the past; null where they stay as they are.</param>
public sealed record CatalogChange(
    string Set,
    string? Code,
    ChangeKind Change,
    string? From,
    string? To,
    DateOnly? On,
    string? Warning
);
