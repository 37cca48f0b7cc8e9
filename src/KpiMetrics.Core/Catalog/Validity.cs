using KpiMetrics.Core.Periods;
using static System.FormattableString;

namespace KpiMetrics.Core.Catalog;

/// <summary>The days on which something is in force, both ends included.</summary>
/// <param name="From">Null: no first day is known.</param>
/// <param name="To">Null: still in force.</param>
public sealed record Validity(DateOnly? From, DateOnly? To)
{
    public bool Contains(DateOnly day) => !(day < From) && !(day > To);

    /// <summary>The days on which both are in force; it may end before it begins, and then there are none.</summary>
    public Validity Within(Validity whole) => new(Later(From, whole.From), Earlier(To, whole.To));

    public static Validity Of(IndicatorSet set) => new(set.From, set.To);

    /// <summary>A part without days of its own has those of its whole.</summary>
    public static Validity Of(IndicatorSet set, Indicator indicator) =>
        new Validity(indicator.From, indicator.To).Within(Of(set));

    public static Validity Of(IndicatorSet set, Indicator indicator, Measure measure) =>
        new Validity(measure.From, measure.To).Within(Of(set, indicator));

    /// <summary>A measure is in force where it, its indicator and its set are; without a measure, where indicator and set are.</summary>
    public static bool IsInForce(IndicatorSet set, Indicator indicator, Measure? measure, DateOnly day) =>
        (measure is null ? Of(set, indicator) : Of(set, indicator, measure)).Contains(day);

    /// <summary>A period counts by the first day of its window.</summary>
    public static bool IsInForce(IndicatorSet set, Indicator indicator, Measure? measure, Period period) =>
        IsInForce(set, indicator, measure, set.FirstDayOf(indicator, period));

    /// <summary><c>from 2026-01-01 to 2026-06-30</c>, or one of the two, or <c>always</c>.</summary>
    public override string ToString() =>
        (From, To) switch
        {
            ({ } first, { } last) => Invariant($"from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}"),
            ({ } first, null) => Invariant($"from {first:yyyy-MM-dd} on"),
            (null, { } last) => Invariant($"to {last:yyyy-MM-dd}"),
            _ => "always",
        };

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other ?? one : one;

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other ?? one : one;
}
