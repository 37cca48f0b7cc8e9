namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>A file of areas cannot be taken at all; the message says why, a line for each reason.</summary>
public sealed class AreaImportException(string message) : Exception(message);
