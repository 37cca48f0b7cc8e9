namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The codes of the kinds, and what an event can be the reason of.</summary>
public static class DetectorKinds
{
    /// <summary>Stable: <c>unit-slip</c>, <c>sign</c>, ...</summary>
    public static string Code(this DetectorKind kind) =>
        kind switch
        {
            DetectorKind.UnitSlip => "unit-slip",
            DetectorKind.GrowthForIndex => "growth-for-index",
            DetectorKind.Sign => "sign",
            DetectorKind.MissingThenDouble => "missing-then-double",
            DetectorKind.Doubled => "doubled",
            DetectorKind.Transposition => "transposition",
            DetectorKind.CumulativeFall => "cumulative-fall",
            DetectorKind.Stuck => "stuck",
            DetectorKind.RevisionSize => "revision-size",
            DetectorKind.LevelShift => "level-shift",
            DetectorKind.Outlier => "outlier",
            _ => "sibling-disagreement",
        };

    /// <summary>A flood moves figures; it changes no unit, sign or form, and repeats no digits.</summary>
    public static bool CanBeAnEvent(this DetectorKind kind) =>
        kind
            is DetectorKind.Outlier
                or DetectorKind.LevelShift
                or DetectorKind.SiblingDisagreement
                or DetectorKind.RevisionSize
                or DetectorKind.Doubled
                or DetectorKind.Transposition;
}
