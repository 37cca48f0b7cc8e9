using System.Runtime.CompilerServices;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality;

/// <summary>The offices that a set names, and which of them may report the same figure; worked out once for each set.</summary>
internal sealed class SetOffices
{
    private static readonly ConditionalWeakTable<IndicatorSet, SetOffices> Known = [];

    // By the folded name, in document order.
    private readonly OrderedDictionary<string, string> names = new(StringComparer.Ordinal);

    // Each office and a representative of those with which it may report a figure, by their folded names.
    private readonly Dictionary<string, string> circles = new(StringComparer.Ordinal);

    private SetOffices(IndicatorSet set)
    {
        foreach (var office in set.Agencies.Concat(set.Indicators.SelectMany(All)))
            names.TryAdd(PrintedText.Folded(office), office);
        foreach (var office in names.Keys)
            circles[office] = office;
        foreach (var indicator in set.Indicators)
        {
            foreach (var measure in indicator.Measures)
                Join(Of(indicator, measure));
        }
    }

    /// <summary>As the set prints them first, each once, in document order.</summary>
    public ICollection<string> Names => names.Values;

    public static SetOffices Of(IndicatorSet set) => Known.GetValue(set, static set => new(set));

    public bool Has(string office) => names.ContainsKey(PrintedText.Folded(office));

    /// <summary>The same for two offices where one may report a figure that the other may, or that a third shares with both.</summary>
    public string CircleOf(string office)
    {
        var at = PrintedText.Folded(office);
        while (circles.TryGetValue(at, out var next) && next != at)
            at = next;
        return at;
    }

    private void Join(IEnumerable<string> offices)
    {
        string? first = null;
        foreach (var office in offices)
        {
            first ??= CircleOf(office);
            circles[CircleOf(office)] = first;
        }
    }

    private static IEnumerable<string> All(Indicator indicator) =>
        indicator
            .Was.Concat(indicator.Measures.SelectMany(measure => measure.Was))
            .Select(version => version.Agency)
            .Concat(indicator.Measures.Select(measure => measure.Agency))
            .Prepend(indicator.Agency)
            .OfType<string>();

    // Today's, and those of all times before. The indicator's report what has no office of its own.
    private static IEnumerable<string> Of(Indicator indicator, Measure measure) =>
        measure
            .Was.Concat(measure.Agency is null ? indicator.Was : [])
            .Select(version => version.Agency)
            .Append(measure.Agency ?? indicator.Agency)
            .OfType<string>();
}
