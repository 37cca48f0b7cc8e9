using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>What came of reading a catalog: a snapshot, or every reason why there is none.</summary>
public sealed class CatalogReading
{
    internal CatalogReading(
        IReadOnlyList<CatalogFault> faults,
        IReadOnlyList<ReplacedSet> replaced,
        Func<CatalogSnapshot> snapshot
    )
    {
        Faults = faults;
        Replaced = replaced;
        Snapshot = faults.Count == 0 ? snapshot() : null;
    }

    /// <summary>Null exactly when there are faults.</summary>
    public CatalogSnapshot? Snapshot { get; }

    /// <summary>File by file in the order read, line by line.</summary>
    public IReadOnlyList<CatalogFault> Faults { get; }

    /// <summary>Sets that do not count, as a folder named later has one with their code.</summary>
    public IReadOnlyList<ReplacedSet> Replaced { get; }
}
