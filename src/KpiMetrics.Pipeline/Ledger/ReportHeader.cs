using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What is known of a report before its rows: whose it is and when it reached us.</summary>
/// <param name="Set">The code of the indicator set it speaks of.</param>
/// <param name="Source">The name of the source, <c>inbox</c>, <c>forms</c>, ...: what trust is ordered by.</param>
/// <param name="Name">The file or address it came from, for people.</param>
/// <param name="ReceivedAt">When it reached us.</param>
/// <param name="ReceivedAtStated">
/// True when the sender named the instant (history entered later), false when our clock did. Repetitions of a stated report are all
/// kept, so that the order in which history is entered does not matter; repetitions seen by our own clock are counted, not stored.
/// </param>
/// <param name="RecordedAt">Our clock when it is entered: the instant of the audit row.</param>
/// <param name="Actor">Who or what brought it, for the audit trail: <see cref="Command"/>, <c>worker</c>.</param>
/// <param name="TakenFile">
/// A file that is to be archived once the report is committed: kept with it until <see cref="ITakenFiles.ForgetTakenFileAsync"/>, so that a
/// crash in between does not make an old statement a new one.
/// </param>
/// <param name="Agency">The office that reports, where it is known; then only its own figures are taken.</param>
/// <param name="Push">What is to be kept with a report that was pushed; null for all others.</param>
/// <param name="Claim">Under which the report was fetched: should somebody else have it when the report is to be kept, it is stale, and nothing of it is.</param>
public sealed record ReportHeader(
    string Set,
    string Source,
    string Name,
    DateTimeOffset ReceivedAt,
    bool ReceivedAtStated,
    DateTimeOffset RecordedAt,
    string Actor,
    string? TakenFile = null,
    string? Agency = null,
    PushedReport? Push = null,
    Claim? Claim = null
)
{
    /// <summary>
    /// Of reports of one source into one set, those of different circles never speak of the same figure, so they need not wait for each other
    /// (<see cref="Core.Quality.AgencyDoor.CircleOf"/>). Null: it may speak of any.
    /// </summary>
    public string? Circle { get; init; }

    /// <summary>The actor of a report that a command brings in a process of its own: what workers bring they look at themselves.</summary>
    public const string Command = "cli";
}
