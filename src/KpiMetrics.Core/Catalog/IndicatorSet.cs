using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>One decision's list: who reports which figure, how often, under which rules.</summary>
public sealed record IndicatorSet
{
    /// <summary><c>bac-ninh</c>, <c>lao-cai</c>, ...</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Authority { get; init; }

    /// <summary>The decision's number as printed.</summary>
    public required string Decision { get; init; }

    /// <summary>ISO date, or year and month where the day is not printed.</summary>
    public required string Date { get; init; }

    /// <summary>What the codes of indicators begin with: <c>LC</c>.</summary>
    public required string Prefix { get; init; }

    public required AreaLevel Level { get; init; }

    /// <summary>The code of the province (or country) the areas are or lie in.</summary>
    public required string Within { get; init; }

    /// <summary>The rules in order of their dates; at least one.</summary>
    public required IReadOnlyList<RegimeRule> Regime { get; init; }

    /// <summary>
    /// Sources in order of trust: of two that state one figure, the earlier named is shown. A source not named is trusted as the
    /// first; among equals the newest statement is shown.
    /// </summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The offices that must report, where the decision names them apart from its indicators.</summary>
    public IReadOnlyList<string> Agencies { get; init; } = [];

    /// <summary>What the decision orders in words, in its own order.</summary>
    public IReadOnlyList<SetRule> Rules { get; init; } = [];

    /// <summary>The decisions it puts out of force.</summary>
    public IReadOnlyList<ReplacedDecision> Replaces { get; init; } = [];

    /// <summary>First day in force; null: no bound, as the first rule of the regime has none.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day in force; null while it is.</summary>
    public DateOnly? To { get; init; }

    /// <summary>True: an indicator of several frequencies is reported at each of them. False: at the finest alone, the others follow from it.</summary>
    public bool ObligesEach { get; init; }

    /// <summary>Crop seasons, for comparisons "so với vụ trước".</summary>
    public IReadOnlyList<Season> Seasons { get; init; } = [];

    /// <summary>What is known to have moved its figures; nothing is computed from them.</summary>
    public IReadOnlyList<SetEvent> Events { get; init; } = [];

    public string? Note { get; init; }

    public required IReadOnlyList<IndicatorGroup> Groups { get; init; }

    public IEnumerable<Indicator> Indicators => Groups.SelectMany(group => group.Indicators);

    public IEnumerable<Measure> Measures => Indicators.SelectMany(indicator => indicator.Measures);

    /// <summary>The rules that hold for an indicator: its own where it has some, else the set's.</summary>
    /// <param name="indicator">Null: one that the set does not know; the set's rules hold.</param>
    public IReadOnlyList<RegimeRule> RegimeOf(Indicator? indicator) => indicator is { Regime: { Count: > 0 } own } ? own : Regime;

    /// <summary>The set's own rule in force for the period.</summary>
    public RegimeRule RuleFor(Period period) => RegimeRule.InForce(Regime, period);

    /// <summary>The window of the period under the set's own rule in force for it.</summary>
    public Window WindowOf(Period period) => Windows.Of(period, RuleFor(period).Form);

    /// <summary>The rule in force for the period, by the indicator's own regime where it has one.</summary>
    public RegimeRule RuleFor(Indicator? indicator, Period period) => RegimeRule.InForce(RegimeOf(indicator), period);

    /// <summary>The window of the period under the rule in force for it, by the indicator's own regime where it has one.</summary>
    public Window WindowOf(Indicator? indicator, Period period) => Windows.Of(period, RuleFor(indicator, period).Form);

    /// <summary>The first day the period counts by; of a day that begins in the evening before, the day itself.</summary>
    public DateOnly FirstDayOf(Indicator? indicator, Period period)
    {
        var start = WindowOf(indicator, period).Start;
        return DateOnly.FromDateTime(period.Frequency == Frequency.Hour ? start : start.AddHours(12));
    }

    /// <summary>
    /// How far a source is trusted: 0 the most, also for one that <see cref="Sources"/> does not name; <see cref="DemoSource"/> the least,
    /// named or not.
    /// </summary>
    public int TrustIn(string source)
    {
        if (source == DemoSource.Name)
            return int.MaxValue;
        for (var at = 0; at < Sources.Count; at++)
        {
            if (Sources[at] == source)
                return at;
        }
        return 0;
    }
}
