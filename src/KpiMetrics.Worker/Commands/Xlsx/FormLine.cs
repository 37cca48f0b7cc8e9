namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>A row as the document prints it.</summary>
/// <param name="Number">As printed; empty where there is none.</param>
/// <param name="Indent">How far the name is set in, from 0.</param>
/// <param name="Measure">The code of the measure whose figures stand in the row; null: only a heading.</param>
/// <param name="Subject">The subject's code; empty: the measure as a whole.</param>
internal sealed record FormLine(
    FormLineKind Kind,
    string Number,
    string Name,
    string Unit,
    int Indent,
    string? Measure,
    string Subject
);
