using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>A derived figure: a value, or the reason why there is none. Never 0 or NaN for "unknown".</summary>
public readonly record struct Derived
{
    private readonly Period at;

    private Derived(decimal? value, Absence absence, Period at) => (Value, Absence, this.at) = (value, absence, at);

    public decimal? Value { get; }

    public Absence Absence { get; }

    public static Derived Of(decimal value) => new(value, Absence.None, default);

    /// <summary>No value.</summary>
    /// <param name="absence">Why.</param>
    /// <param name="at">The period that lacks a figure, has a zero or another base year, the year without a plan; the period itself where that says nothing.</param>
    public static Derived Missing(Absence absence, Period at) => new(null, absence, at);

    /// <summary>The reason in words; null where there is a value.</summary>
    public string? Why =>
        Absence switch
        {
            Absence.None => null,
            Absence.NoFigure => $"no figure for {at}",
            Absence.NoCounterpart => $"{at} has no counterpart to compare with",
            Absence.BaseIsZero => $"the figure of {at} is 0: nothing can be a percentage of it",
            Absence.BaseYearDiffers => $"the index has another base year in {at}",
            Absence.DoesNotAddUp => "figures of this kind do not add up over time",
            Absence.NotComparable => "figures of this kind are not compared period by period",
            Absence.NoPlan => $"no plan for {at}",
            Absence.PlanIsZero => $"the plan of {at} is 0: nothing can be a percentage of it",
            Absence.NothingDue => $"of the plan nothing was due by {at}",
            Absence.NoPeriodLeft => $"{at} is the last period of its year",
            _ => "the result has more digits than can be kept",
        };
}
