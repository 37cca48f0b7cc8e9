namespace KpiMetrics.Core.Derivation;

/// <summary>Why a derived figure has no value.</summary>
public enum Absence : byte
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>A needed period has no figure.</summary>
    NoFigure,

    /// <summary>The calendar has no such period: week 53 a year before, or before the year 1900.</summary>
    NoCounterpart,

    /// <summary>The figure compared with, or the denominator, is zero.</summary>
    BaseIsZero,

    /// <summary>The two figures of an index have different base years, and no link between them is known.</summary>
    BaseYearDiffers,

    /// <summary>Figures of this kind do not add up over time.</summary>
    DoesNotAddUp,

    /// <summary>Changes of figures of this kind mean nothing: texts.</summary>
    NotComparable,

    /// <summary>The result has more digits than a decimal holds.</summary>
    TooLarge,

    /// <summary>The two periods cover days by different rules (calendar, cut-off on the 14th, another hour at which days begin).</summary>
    WindowsDiffer,

    /// <summary>One of the two figures is a total of which a part is missing.</summary>
    Incomplete,

    /// <summary>The two years do not have figures of the same periods.</summary>
    PeriodsDiffer,

    /// <summary>One of the figures it is computed from is missing.</summary>
    InputMissing,

    /// <summary>Break (OBS_STATUS B): the areas it was made from are known, but figures of this kind do not add up over areas.</summary>
    NotAdditive,

    /// <summary>Break (OBS_STATUS B): an area it was made from was divided, and how is not known.</summary>
    AreaDivided,

    /// <summary>No season is declared for the area and period, or none before it.</summary>
    NoSeason,

    /// <summary>Figures that must be positive, as of a geometric mean, are not.</summary>
    NotPositive,

    /// <summary>The year has no plan, or only some of its parts have.</summary>
    NoPlan,

    /// <summary>The plan of the year is zero.</summary>
    PlanIsZero,

    /// <summary>Of the plan nothing was to be done yet.</summary>
    NothingDue,

    /// <summary>The year has no period left in which something could be done.</summary>
    NoPeriodLeft,
}
