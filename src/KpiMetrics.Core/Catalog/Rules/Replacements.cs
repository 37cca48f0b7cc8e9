using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>
/// What takes the place of another begins after the other's last day; so nobody is replaced by an older one, and no circle is possible.
/// One history has at most one heir, of the same kind and unit.
/// </summary>
public sealed class Replacements : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var indicators = set.Indicators.Select(indicator => new Life<Indicator>(
            indicator,
            indicator.Code,
            Validity.Of(set, indicator),
            indicator.Replaces
        ));
        var measures =
            from indicator in set.Indicators
            from measure in indicator.Measures
            select new Life<Measure>(measure, measure.Code, Validity.Of(set, indicator, measure), measure.Replaces);
        return
        [
            .. Faults([.. indicators], $"indicator of set '{set.Code}'", (_, _) => null),
            .. Faults([.. measures], $"measure of set '{set.Code}'", Misfit),
        ];
    }

    private static IEnumerable<RuleFault> Faults<T>(IReadOnlyList<Life<T>> all, string noun, Func<T, T, string?> misfit)
    {
        var byCode = all.Where(life => life.Code.Length > 0)
            .DistinctBy(life => life.Code, StringComparer.Ordinal)
            .ToDictionary(life => life.Code, StringComparer.Ordinal);
        var heirs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var life in all)
        {
            if (life.Replaces is not { Code.Length: > 0 } replaces)
                continue;
            if (!byCode.TryGetValue(replaces.Code, out var old))
                yield return new(replaces, $"'{replaces.Code}' is no {noun}", "code");
            else if (Wrong(life, old) is { } dates)
                yield return new(replaces, dates, "code");
            else if (replaces.Continues && misfit(life.Item, old.Item) is { } why)
                yield return new(replaces, $"the history of '{old.Code}' cannot go on: {why}", "continues", "code");
            if (replaces.Continues && !heirs.TryAdd(replaces.Code, life.Code))
                yield return new(
                    replaces,
                    $"the history of '{replaces.Code}' is already that of '{heirs[replaces.Code]}'; only one can continue it",
                    "continues",
                    "code"
                );
        }
    }

    private static string? Wrong<T>(Life<T> life, Life<T> old)
    {
        if (life.Code == old.Code)
            return $"'{old.Code}' cannot take its own place";
        if (old.Dates.To is not { } last)
            return $"'{old.Code}' does not end; give it a 'to' before '{life.Code}' begins";
        if (life.Dates.From is not { } first)
            return Invariant($"'{life.Code}' has no 'from'; it must begin after {last:yyyy-MM-dd}, the last day of '{old.Code}'");
        return last >= first
            ? Invariant($"'{old.Code}' is in force to {last:yyyy-MM-dd}, but '{life.Code}' begins on {first:yyyy-MM-dd}")
            : null;
    }

    private static string? Misfit(Measure measure, Measure old)
    {
        if (measure.Kind != old.Kind)
            return $"its kind is '{Vocabularies.Kinds.Word(old.Kind)}', not '{Vocabularies.Kinds.Word(measure.Kind)}'";
        if (measure.Unit != old.Unit)
            return $"its unit is '{old.Unit ?? "none"}', not '{measure.Unit ?? "none"}'";
        var lost = old.Subjects.Select(subject => subject.Code).Except(measure.Subjects.Select(subject => subject.Code)).ToList();
        if (lost.Count > 0)
            return $"its subjects {string.Join(", ", lost)} are missing";
        return old.Subjects.Count == 0 && measure.Subjects.Count > 0 ? "it has no subjects" : null;
    }

    private sealed record Life<T>(T Item, string Code, Validity Dates, Replacement? Replaces);
}
