namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>What an import would do; nothing is written yet.</summary>
/// <param name="What">What the rows are: <c>areas</c> or <c>links</c>.</param>
/// <param name="New">Rows that say something new.</param>
/// <param name="Known">Rows of which the area, or the link, is in the catalog already.</param>
/// <param name="Completed">How many of the known get a value that was missing.</param>
/// <param name="Refusals">Why rows are refused, by line.</param>
/// <param name="Notes">What is worth knowing and refuses nothing.</param>
public sealed record AreaImportResult(
    string What,
    int Rows,
    int New,
    int Known,
    int Completed,
    int Refused,
    IReadOnlyList<CatalogFault> Refusals,
    IReadOnlyList<string> Notes
)
{
    /// <summary>Old areas, of all levels, that a lineage adds.</summary>
    public int OldAreas { get; init; }

    /// <summary>True where everything in the file is known already.</summary>
    public bool ChangesNothing => Entries.Count == 0;

    internal IReadOnlyList<AreaEntry> Entries { get; init; } = [];
}
