namespace KpiMetrics.Pipeline.Catalog;

/// <summary>From which place of which file each object of the catalog was read, so that rules can point at lines.</summary>
internal sealed class Places
{
    private readonly Dictionary<object, IPlace> places = new(ReferenceEqualityComparer.Instance);

    public void Add(object item, IPlace place) => places[item] = place;

    public IPlace Of(object item) => places[item];
}
