namespace KpiMetrics.Worker.Scheduling;

/// <summary>Whether a history is being loaded into the ledger: what it still brings is not late, however long ago it was due.</summary>
/// <remarks>
/// Each worker has its own, as each goes through the history itself, one after the other, whoever loaded most of it. It ends as well where loading is given
/// up, and after <see cref="Longest"/> in any case: who should hear of what is late hears too much then, and never nothing.
/// </remarks>
/// <param name="began">When this worker began to load it, or to wait for another that does.</param>
public sealed class HistoryLoading(DateTimeOffset began)
{
    /// <summary>How long it is waited for: many times what it takes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private volatile string? ending;

    /// <param name="how">For the log, such as <c>the demo's history is there</c>.</param>
    public void End(string how) => ending = how;

    /// <summary>How it ended; null while it is to be waited for.</summary>
    public string? EndedBy(DateTimeOffset at) =>
        ending
        ?? (
            at - began < Longest
                ? null
                : FormattableString.Invariant($"the demo's history takes longer than {Longest.TotalMinutes:0} minutes")
        );
}
