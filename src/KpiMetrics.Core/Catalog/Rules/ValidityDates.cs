using static System.FormattableString;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Nothing ends before it begins, and no part is in force when its whole is not.</summary>
public sealed class ValidityDates : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var faults = new List<RuleFault?> { Order(set, Validity.Of(set)) };
        foreach (var indicator in set.Indicators)
        {
            var ofIndicator = new Validity(indicator.From, indicator.To);
            faults.AddRange(Order(indicator, ofIndicator), Bounds(indicator, ofIndicator, Validity.Of(set), $"set '{set.Code}'"));
            foreach (var measure in indicator.Measures)
            {
                var ofMeasure = new Validity(measure.From, measure.To);
                faults.AddRange(
                    Order(measure, ofMeasure),
                    Bounds(measure, ofMeasure, ofIndicator, $"indicator '{indicator.Code}'")
                );
            }
        }
        return faults.OfType<RuleFault>();
    }

    private static RuleFault? Order(object place, Validity dates) =>
        dates.To < dates.From
            ? new(place, Invariant($"'to' {dates.To:yyyy-MM-dd} lies before 'from' {dates.From:yyyy-MM-dd}"), "to", "from")
            : null;

    private static RuleFault? Bounds(object place, Validity part, Validity whole, string noun)
    {
        if (OutOf(whole, part.From) is { } first)
            return new(place, Invariant($"'from' {first:yyyy-MM-dd} is not a day of {noun}, in force {whole}"), "from");
        return OutOf(whole, part.To) is { } last
            ? new(place, Invariant($"'to' {last:yyyy-MM-dd} is not a day of {noun}, in force {whole}"), "to")
            : null;
    }

    private static DateOnly? OutOf(Validity whole, DateOnly? day) => day is { } known && !whole.Contains(known) ? known : null;
}
