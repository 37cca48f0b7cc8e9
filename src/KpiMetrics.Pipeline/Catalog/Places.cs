namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From which mapping of which file each object of the catalog was read, so that rules can point at lines.</summary>
internal sealed class Places
{
    private readonly Dictionary<object, MapReader> readers = new(ReferenceEqualityComparer.Instance);

    public void Add(object item, MapReader reader) => readers[item] = reader;

    public MapReader Of(object item) => readers[item];
}
