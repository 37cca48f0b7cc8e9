using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Quality;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>The offices that a regime names for due dates are the set's, each once, and something is said of each; an indicator's regime names none.</summary>
public sealed class OfficesDue : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set) =>
        [
            .. set.Regime.SelectMany(rule => rule.Offices.SelectMany(office => Of(set, rule, office))),
            .. set
                .Indicators.SelectMany(indicator => indicator.Regime)
                .Where(rule => rule.Offices.Count > 0)
                .Select(rule => new RuleFault(
                    rule,
                    "'agencies' is there; it is allowed in the set's regime only, an indicator has 'due' and 'grace'",
                    "agencies"
                )),
        ];

    private static IEnumerable<RuleFault> Of(IndicatorSet set, RegimeRule rule, OfficeDue office)
    {
        if (office.Name.Length == 0)
            yield break;
        if (!AgencyDoor.IsKnown(set, office.Name))
            yield return new(
                office,
                $"'name' {Shown.Of(office.Name)} is no office of the set; allowed: {AgencyDoor.Allowed(set)}",
                "name"
            );
        var first = rule.Offices.First(other => PrintedText.IsSame(other.Name, office.Name));
        if (!ReferenceEquals(first, office))
            yield return new(office, $"'name' {Shown.Of(office.Name)} is there twice in one rule", "name");
        if (office.Rules.IsEmpty)
            yield return new(office, $"nothing is said of {Shown.Of(office.Name)}; allowed: 'due', 'grace'", "due", "grace");
    }
}
