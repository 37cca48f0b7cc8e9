namespace KpiMetrics.Core.Derivation;

/// <summary>Why a derived figure has no value.</summary>
public enum Absence
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>A needed period has no figure.</summary>
    NoFigure,

    /// <summary>The calendar has no such period: week 53 a year before, or before the year 1900.</summary>
    NoCounterpart,

    /// <summary>The figure compared with is zero.</summary>
    BaseIsZero,

    /// <summary>The two figures of an index have different base years.</summary>
    BaseYearDiffers,

    /// <summary>Figures of this kind do not add up over time.</summary>
    DoesNotAddUp,

    /// <summary>Changes of figures of this kind mean nothing: running totals and texts.</summary>
    NotComparable,

    /// <summary>The result has more digits than a decimal holds.</summary>
    TooLarge,

    /// <summary>The year has no plan, or only some of its parts have.</summary>
    NoPlan,

    /// <summary>The plan of the year is zero.</summary>
    PlanIsZero,

    /// <summary>Of the plan nothing was to be done yet.</summary>
    NothingDue,

    /// <summary>The year has no period left in which something could be done.</summary>
    NoPeriodLeft,
}
