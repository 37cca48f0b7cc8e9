using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>What a series is of, and from which other series its figures can be computed where nobody reported them.</summary>
/// <param name="Area">Null where the catalog no longer has the area.</param>
/// <remarks>
/// The ways are tried in this order, period by period: as reported; by the rule of a derived row; a rate from its parts; the history of the
/// measure it replaces; the areas within; finer periods; the areas it was made from. A total that lacks parts gives way to that of a later way that lacks fewer.
/// </remarks>
public sealed record SeriesFormula(SeriesKey Key, IndicatorSet Set, Indicator Indicator, Measure Measure, Area? Area)
{
    /// <summary>The rules its periods fall under, in order of their dates.</summary>
    public IReadOnlyList<RegimeRule> Regime => Set.RegimeOf(Indicator);

    public WindowForms Forms => WindowForms.Of(Regime, Key.Frequency);

    /// <summary>The inputs of <see cref="Measure.Derived"/>, in the rule's order; empty for a reported measure, and where one of them has not the subject.</summary>
    public IReadOnlyList<SeriesKey> RuleInputs { get; init; } = [];

    /// <summary>Numerator and denominator of a reported rate; null where the set does not name them.</summary>
    public (SeriesKey Above, SeriesKey Below)? Quotient { get; init; }

    /// <summary>The measure whose place it took and whose history goes on in it.</summary>
    public SeriesKey? Former { get; init; }

    /// <summary>The areas that ever lay in this one, where the set asks for figures of those.</summary>
    public IReadOnlyList<(Area Area, SeriesKey Key)> Within { get; init; } = [];

    /// <summary>The next finer frequency that can be rolled up to this one.</summary>
    public SeriesKey? Finer { get; init; }

    /// <summary>The areas that this one was made from.</summary>
    public IReadOnlyList<(AreaOrigin Origin, SeriesKey Key)> Origins { get; init; } = [];

    /// <summary>The reported running total of a flow, for <see cref="AnchoredYearToDate"/>.</summary>
    public SeriesKey? RunningTotal { get; init; }

    /// <summary>The series whose plan is meant where this one has none: the flow of which it is the running total, or its running total.</summary>
    public SeriesKey? PlannedAs => Measure.Derived is { Rule: DerivedRule.Ytd } && RuleInputs is [var flow] ? flow : RunningTotal;

    public Window WindowOf(Period period) => Set.WindowOf(Indicator, period);

    /// <summary>Of <see cref="Within"/> those that lay in the area on the day; none on a day on which it did not stand.</summary>
    public IEnumerable<(Area Area, SeriesKey Key)> WithinOn(DateOnly day) =>
        Area?.IsValidOn(day) == true ? Within.Where(child => child.Area.IsValidOn(day)) : [];

    /// <summary>Every series that its figures may be computed from.</summary>
    public IEnumerable<SeriesKey> Inputs
    {
        get
        {
            foreach (var input in RuleInputs)
                yield return input;
            if (Quotient is var (above, below))
            {
                yield return above;
                yield return below;
            }
            if (Former is not null)
                yield return Former;
            foreach (var (_, key) in Within)
                yield return key;
            if (Finer is not null)
                yield return Finer;
            foreach (var (_, key) in Origins)
                yield return key;
        }
    }
}
