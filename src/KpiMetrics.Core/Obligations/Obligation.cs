using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>What must be reported of one area for one period, with the due instant as it was frozen when the obligation was created.</summary>
/// <param name="Area">The identity of the area, <c>24@2025-07-01</c>.</param>
/// <param name="Agency">The office that must report, as it was when the period began.</param>
/// <param name="Times">Frozen: a changed rule never grades history anew.</param>
/// <param name="Needs">The codes of the measures that must be there, in document order; at least one.</param>
/// <param name="CreatedAt">When we first knew of it.</param>
public sealed record Obligation(
    Duty Duty,
    Period Period,
    string Area,
    string Agency,
    ObligationTimes Times,
    IReadOnlyList<string> Needs,
    DateTimeOffset CreatedAt
)
{
    /// <summary>The codes of the measures that are not there as of now; empty where all are.</summary>
    public IReadOnlyList<string> Lacks { get; init; } = Needs;

    /// <summary>When the first figure was received; null where there is none.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>When the last missing measure was received; null while one is.</summary>
    public DateTimeOffset? CompleteAt { get; init; }

    /// <summary>The extensions and waivers in order of time.</summary>
    public IReadOnlyList<Exemption> Exemptions { get; init; } = [];

    /// <summary>Of an hour: the day that it is part of. Null: it is part of nothing that is obliged.</summary>
    public Period? Whole { get; init; }

    /// <summary>Of a day: how many hours together stand for it, when each of them was reported. 0: none can.</summary>
    public int Parts { get; init; }

    /// <summary>When it turned out that it need not be: the indicator was retired, the emergency stopped. Null: it holds.</summary>
    public DateTimeOffset? VoidAt { get; init; }

    /// <summary>The due instant as of <paramref name="at"/>: the frozen one, or that of the latest extension by then.</summary>
    public DateTimeOffset DueAt(DateTimeOffset at)
    {
        var due = Times.Due;
        foreach (var exemption in Exemptions)
        {
            if (exemption.At <= at && exemption.Kind is ExemptionKind.Extension or ExemptionKind.NoExtension)
                due = exemption.Until ?? Times.Due;
        }
        return due;
    }

    public bool IsWaived(DateTimeOffset at) =>
        Exemptions.LastOrDefault(exemption =>
            exemption.At <= at && exemption.Kind is ExemptionKind.Waiver or ExemptionKind.NoWaiver
        )
            is { Kind: ExemptionKind.Waiver };

    /// <summary>How it stood at the instant; what was received later did not count yet.</summary>
    public ObligationState StateAt(DateTimeOffset at)
    {
        if (IsWaived(at))
            return ObligationState.Waived;
        var due = DueAt(at);
        if (CompleteAt <= at)
            return IsAfter(CompleteAt.Value, due) ? ObligationState.ReceivedLate : ObligationState.Received;
        if (FirstAt <= at)
            return ObligationState.Partial;
        if (at < Times.Opens)
            return ObligationState.Upcoming;
        if (IsAfter(at, due + Times.Grace))
            return ObligationState.Missing;
        if (IsAfter(at, due))
            return ObligationState.Overdue;
        return at < due - Times.Lead ? ObligationState.Open : ObligationState.DueSoon;
    }

    /// <summary>True where something was not there when it was due, whether or not it came later; never for what is waived.</summary>
    public bool IsLateAt(DateTimeOffset at) => !IsWaived(at) && IsAfter(CompleteAt <= at ? CompleteAt.Value : at, DueAt(at));

    /// <summary>True from the end of the second in which it is due, whether it was received or not.</summary>
    public bool IsDueAt(DateTimeOffset at) => IsAfter(at, DueAt(at));

    // A deadline of 23:59:59 lasts to the end of that second.
    private static bool IsAfter(DateTimeOffset instant, DateTimeOffset deadline) => instant >= deadline + TimeSpan.FromSeconds(1);
}
