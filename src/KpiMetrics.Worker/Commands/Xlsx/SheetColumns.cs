namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>Columns of one width, in characters.</summary>
internal readonly record struct SheetColumns(double Width, int Count = 1);
