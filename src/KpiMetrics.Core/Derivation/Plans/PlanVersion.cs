using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>What one statement says of the plan of one series' year, or of a part of that year.</summary>
/// <param name="Scheme">Which plan: empty for the ordinary one, else a lower-case code such as <c>du-toan</c>, <c>kich-ban</c>.</param>
/// <param name="Stated">The year the plan is of; or a finer period of it, for what is to be done in that period alone.</param>
/// <param name="Decision">The act that sets it: <c>Nghị quyết 12/NQ-HĐND</c>.</param>
/// <param name="ReceivedAt">When the statement reached us.</param>
public sealed record PlanVersion(
    string Scheme,
    Period Stated,
    decimal Value,
    PlanKind Kind,
    string? Decision,
    DateTimeOffset ReceivedAt,
    string? Note
)
{
    public Period Year => Period.Of(Frequency.Year, Stated.Year);

    /// <summary>The part of the year that is meant; null where it is the whole.</summary>
    public Period? Part => Stated.Frequency == Frequency.Year ? null : Stated;

    /// <summary>True when the other says nothing new, whenever it was received. Notes do not count.</summary>
    public bool SaysTheSameAs(PlanVersion other) =>
        Scheme == other.Scheme
        && Stated == other.Stated
        && Kind == other.Kind
        && Value == other.Value
        && (Decision ?? "") == (other.Decision ?? "");
}
