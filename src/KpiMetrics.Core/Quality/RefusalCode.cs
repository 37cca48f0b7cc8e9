namespace KpiMetrics.Core.Quality;

/// <summary>Why a reported row is not taken; stable, so that machines can tell.</summary>
public enum RefusalCode
{
    UnreadableRow,
    EmptyCell,
    UnknownIndicator,
    UnknownMeasure,
    UnknownSubject,
    UnknownArea,
    BadPeriod,
    WrongFrequency,
    PeriodNotBegun,
    BadNumber,
    FormulaCell,
    WrongCellType,
    UnitMismatch,
    BadStatus,
    BadVintage,
    Contradiction,
    BadPlanScheme,
    BadPlanKind,
    NoPlanOfTexts,
    NotInForce,
    NegativeValue,
    OutOfRange,
    NotWhole,
    WrongAgency,
}
