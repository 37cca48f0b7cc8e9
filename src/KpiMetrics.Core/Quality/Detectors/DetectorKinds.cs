using System.Collections.Frozen;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The codes of the kinds, and what an event can be the reason of.</summary>
public static class DetectorKinds
{
    private static readonly FrozenSet<string> Suspicions = Enum.GetValues<DetectorKind>()
        .Where(kind => kind.IsSuspicion())
        .Select(Code)
        .ToFrozenSet(StringComparer.Ordinal);

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

    /// <summary>The code of a kind that accuses nobody. Not <c>cumulative-fall</c>: a total cannot fall, so that is a contradiction.</summary>
    public static bool IsSuspicion(string code) => Suspicions.Contains(code);

    /// <summary>Told as a suspicion; see <see cref="IsSuspicion(string)"/>.</summary>
    public static bool IsSuspicion(this DetectorKind kind) => kind != DetectorKind.CumulativeFall;
}
