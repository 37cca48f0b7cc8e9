namespace KpiMetrics.Pipeline.Catalog;

/// <summary>Something that keeps a catalog from being used.</summary>
/// <param name="File">The path as it was given or found.</param>
/// <param name="Line">From 1; 1 where the fault is of the file as a whole.</param>
/// <param name="Message">One line: the place, the value found and what is allowed.</param>
public sealed record CatalogFault(string File, int Line, string Message)
{
    /// <summary><c>file:line: message</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}: {Message}");
}
