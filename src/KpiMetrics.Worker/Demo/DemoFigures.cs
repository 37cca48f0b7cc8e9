using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using PeriodWindows = KpiMetrics.Core.Periods.Windows;

namespace KpiMetrics.Worker.Demo;

/// <summary>The figure that is true in the demo's world: follows from the seed and from what it is of, and from nothing else.</summary>
/// <remarks>
/// A measure keeps its kind, bounds, unit and the rules its set declares for it. Where a measure has a finer frequency that fits, coarser figures of
/// amounts are its sums and those of states its last ones; all else is on its own at each frequency. What is derived has no figure.
/// </remarks>
public sealed class DemoFigures(CatalogSnapshot catalog, DemoLevels levels, int seed)
{
    private const int MostSteps = 8;
    private readonly DemoDice world = DemoDice.Of(seed);
    private readonly DemoAmounts amounts = new(DemoDice.Of(seed));

    /// <summary>Null where there is none: a derived measure, or a rate of nothing.</summary>
    /// <param name="area">The area's identity.</param>
    public FigureValue? Of(IndicatorSet set, Indicator indicator, Measure measure, string subject, string area, Period period)
    {
        if (measure.Derived is not null)
            return null;
        if (measure.Kind == MeasureKind.Text)
            return FigureValue.Of(DemoBulletins.Of(world, indicator, measure, area, period));
        return Number(new(set, indicator, measure, subject, area, period), 0) is { } number ? FigureValue.Of(number) : null;
    }

    /// <summary>Digits behind the point of a measure's figures.</summary>
    internal int DecimalsOf(Measure measure, string subject) => levels.Of(measure, subject).Decimals;

    private decimal? Number(DemoKey key, int steps)
    {
        if (key.Measure.Derived is not null || key.Measure.Kind == MeasureKind.Text || steps > MostSteps)
            return null;
        var number = Finer(key, steps) is { } whole ? whole : Ruled(key, steps);
        return number is { } found ? Bounded(key.Measure, found) : null;
    }

    // Hours of a day, days of a month, quarters of a year.
    private decimal? Finer(DemoKey key, int steps)
    {
        var (set, indicator, measure, _, _, period) = key;
        if (measure.Kind is not (MeasureKind.Flow or MeasureKind.Stock or MeasureKind.Cumulative))
            return null;
        var finest = indicator.Frequencies[0];
        if (finest >= period.Frequency)
            return null;
        var parts = PeriodWindows.Parts(period, finest, set.RuleFor(indicator, period).Form).ToList();
        if (parts.Count == 0)
            return null;
        if (measure.Kind != MeasureKind.Flow)
            return Number(key with { Period = parts[^1] }, steps + 1);
        var sum = 0m;
        foreach (var part in parts)
            sum += Number(key with { Period = part }, steps + 1) ?? 0m;
        return sum;
    }

    private decimal? Ruled(DemoKey key, int steps)
    {
        if (key.Subject.StartsWith("tong-", StringComparison.Ordinal))
            return Total(key.Measure.Subjects.Where(part => part.Code != key.Subject), part => key with { Subject = part.Code });
        var own = levels.Of(key.Measure, key.Subject);
        foreach (var (rule, inputs, _) in key.Measure.Identities)
        {
            switch (rule)
            {
                case IdentityRule.Equal:
                    return Number(Other(inputs[0]), steps + 1);
                case IdentityRule.Sum:
                    return Total(inputs, Other);
                case IdentityRule.AtMost when Number(Other(inputs[0]), steps + 1) is { } whole:
                    return amounts.Part(key, own, whole);
                case IdentityRule.RatioOf when Number(Other(inputs[0]), steps + 1) is 0m:
                    return null;
                default:
                    break;
            }
        }
        return amounts.Of(key, own);

        DemoKey Other(string code)
        {
            var measure = catalog.FindMeasure(key.Set.Code, code)!.Value.Measure; // the catalog is refused without it
            var subject = measure.Subjects.Any(of => of.Code == key.Subject) ? key.Subject : "";
            return key with { Measure = measure, Subject = subject };
        }

        decimal Total<T>(IEnumerable<T> parts, Func<T, DemoKey> of) => parts.Sum(part => Number(of(part), steps + 1) ?? 0m);
    }

    /// <summary>The number, or the nearest that the measure can be.</summary>
    internal static decimal Bounded(Measure measure, decimal number)
    {
        var least = measure.Min ?? (measure.MayBeNegative ? decimal.MinValue : 0m);
        var most = measure.Max ?? (measure is { Kind: MeasureKind.Ratio, Unit: "%" } ? 100m : decimal.MaxValue);
        return Math.Clamp(number, least, Math.Max(least, most));
    }
}
