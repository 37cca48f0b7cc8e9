namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>What must be known of a sheet before its first row.</summary>
/// <param name="Columns">From the left; those that say what a row is come first and stay in sight.</param>
/// <param name="HeaderRow">The table's header, counted from 1: it stays in sight with all above it, and each printed page repeats it.</param>
/// <param name="Folds">True where rows can be folded away beneath the bar above them.</param>
internal sealed record SheetShape(IReadOnlyList<SheetColumns> Columns, int HeaderRow, bool Folds);
