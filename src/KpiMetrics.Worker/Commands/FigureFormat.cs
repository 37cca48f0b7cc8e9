namespace KpiMetrics.Worker.Commands;

/// <summary>A format of <c>export</c>.</summary>
/// <param name="IsBinary">True for bytes that a screen cannot show.</param>
/// <param name="Create">Begins a document; the output outlives the writer.</param>
internal sealed record FigureFormat(string Name, bool IsBinary, Func<ExportOutput, ExportScope, IFigureWriter> Create);
