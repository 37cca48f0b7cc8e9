using KpiMetrics.Core.Periods;
using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Former versions stand in order of their last days, within the life of what they were of, and each differs from the next.</summary>
public sealed class FormerVersions : ICatalogRule
{
    private const string Same = "says nothing that differs from the version after it";

    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        foreach (var indicator in set.Indicators)
        {
            var faults = Dates(indicator.Was, new(indicator.From, indicator.To)).Concat(Changes(indicator));
            foreach (var fault in faults.Concat(indicator.Measures.SelectMany(OfMeasure)))
                yield return fault;
        }
    }

    private static IEnumerable<RuleFault> OfMeasure(Measure measure) =>
        [.. Dates(measure.Was, new(measure.From, measure.To)), .. Changes(measure)];

    private static IEnumerable<RuleFault> Dates(IReadOnlyList<FormerVersion> was, Validity whole)
    {
        foreach (var (before, next) in was.Zip(was.Skip(1)))
        {
            if (next.To <= before.To)
                yield return new(
                    next,
                    Invariant($"'to' {next.To:yyyy-MM-dd} does not come after {before.To:yyyy-MM-dd} of the version before"),
                    "to"
                );
        }
        foreach (var version in was)
        {
            if (version.To < whole.From)
                yield return new(
                    version,
                    Invariant($"'to' {version.To:yyyy-MM-dd} lies before the first day in force, {whole.From:yyyy-MM-dd}"),
                    "to"
                );
            if (version.To >= whole.To)
                yield return new(
                    version,
                    Invariant(
                        $"'to' {version.To:yyyy-MM-dd} is not before the last day in force, {whole.To:yyyy-MM-dd}: no other version followed"
                    ),
                    "to"
                );
        }
    }

    private static IEnumerable<RuleFault> Changes(Indicator indicator)
    {
        for (var at = 0; at < indicator.Was.Count; at++)
        {
            var version = indicator.Was[at];
            var codes = string.Join(", ", version.Frequencies.Select(FrequencyCode.Code));
            var right = string.Join(", ", version.Frequencies.Distinct().Order().Select(FrequencyCode.Code));
            if (codes != right)
                yield return new(version, $"frequencies [{codes}] should be [{right}]: finest first, none twice", "frequencies");
            var next = indicator with { Was = [.. indicator.Was.Skip(at + 1)] };
            var then = at + 1 < indicator.Was.Count ? next.On(indicator.Was[at + 1].To) : next;
            var (name, agency) = (version.Name ?? then.Name, version.Agency ?? then.Agency);
            var same = version.Frequencies.Count == 0 || version.Frequencies.SequenceEqual(then.Frequencies);
            if (same && name == then.Name && agency == then.Agency)
                yield return new(version, Same, "to", "name", "agency", "frequencies");
        }
    }

    private static IEnumerable<RuleFault> Changes(Measure measure)
    {
        for (var at = 0; at < measure.Was.Count; at++)
        {
            var version = measure.Was[at];
            var next = measure with { Was = [.. measure.Was.Skip(at + 1)] };
            var then = at + 1 < measure.Was.Count ? next.On(measure.Was[at + 1].To) : next;
            if ((version.Name ?? then.Name) == then.Name && (version.Agency ?? then.Agency) == then.Agency)
                yield return new(version, Same, "to", "name", "agency");
        }
    }
}
