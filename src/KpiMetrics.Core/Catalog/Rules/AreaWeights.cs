using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>
/// Of a divided area either every part has a weight or none has, and they add up to 1. To less only where a part went outside the
/// catalog: then but one successor is in it.
/// </summary>
public sealed class AreaWeights : IAreaRule
{
    private const decimal Tolerance = 0.000001m;

    public IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas)
    {
        var index = new AreaIndex(areas);
        var parts =
            from later in areas
            from part in later.Predecessors
            let earlier = index.FindBefore(later, part.Code)
            where earlier is not null
            group (Earlier: earlier, Later: later, Part: part) by AreaKey.Of(earlier);
        return from divided in parts let fault = Fault([.. divided]) where fault is not null select fault;
    }

    private static RuleFault? Fault(IReadOnlyList<(Area Earlier, Area Later, AreaPart Part)> links)
    {
        var earlier = links[0].Earlier;
        var last = links[^1].Part;
        var weights = links.Select(link => link.Part.Weight).OfType<decimal>().ToList();
        if (weights.Count == 0)
            return null;
        if (weights.Count < links.Count)
        {
            var without = links.First(link => link.Part.Weight is null);
            return new(
                without.Part,
                $"{earlier.Id} ({earlier.FullName}) was divided and has no weight here, but {weights.Count} of its {links.Count} parts have one: {Parts(links)}; give all or none",
                "weight"
            );
        }
        var sum = weights.Sum();
        if (sum > 1m + Tolerance)
            return new(last, Adds(sum, links, "at most 1 is allowed"), "weight");
        return links.Count > 1 && sum < 1m - Tolerance
            ? new(last, Adds(sum, links, "1 is needed, as it ended; add the successor that is missing"), "weight")
            : null;
    }

    private static string Adds(decimal sum, IReadOnlyList<(Area Earlier, Area Later, AreaPart Part)> links, string allowed) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"the weights of {links[0].Earlier.Id} ({links[0].Earlier.FullName}) add up to {sum}: {Parts(links)}; {allowed}"
        );

    private static string Parts(IReadOnlyList<(Area Earlier, Area Later, AreaPart Part)> links) =>
        string.Join(
            ", ",
            links.Select(link =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{link.Later.Id} {link.Part.Weight?.ToString(CultureInfo.InvariantCulture) ?? "none"}"
                )
            )
        );
}
