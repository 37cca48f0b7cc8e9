using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What the checks found, kept for boards and alerts: a finding is closed only by a check that no longer finds it, and never deleted.</summary>
public interface IFindings
{
    /// <summary>
    /// Makes these what holds of one measure: new ones are added; what is there goes on, under its number and the instant at which it was first found,
    /// also where it was resolved in between; what is not among them any more is resolved.
    /// </summary>
    /// <param name="findings">All that a check of the measure found.</param>
    /// <param name="at">Of the check.</param>
    /// <param name="claim">Under which it was made; null: under none.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim; nothing is kept.</exception>
    /// <exception cref="ArgumentException">A finding is of another measure.</exception>
    Task<FindingChanges> KeepFindingsAsync(
        string set,
        string measure,
        IReadOnlyCollection<Finding> findings,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    );

    /// <summary>The same for some series of a measure and only for suspicions: all others stay as they are.</summary>
    /// <param name="series">Those that were tested.</param>
    /// <param name="suspicions">All that the tests of those series found.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim; nothing is kept.</exception>
    /// <exception cref="ArgumentException">A finding is of another measure.</exception>
    Task<FindingChanges> KeepSuspicionsAsync(
        string set,
        string measure,
        IReadOnlyCollection<SeriesKey> series,
        IReadOnlyCollection<Finding> suspicions,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    );

    /// <summary>The findings of a set in order of measure, subject, area, frequency and period.</summary>
    /// <param name="onlyFiring">Without those that are resolved.</param>
    IAsyncEnumerable<KeptFinding> ReadFindingsAsync(string set, bool onlyFiring, CancellationToken cancellationToken);

    /// <summary>How the check of each set stands that was ever begun, in order of their codes. Costs nothing however much was reported.</summary>
    Task<IReadOnlyList<SetCheck>> ReadChecksAsync(CancellationToken cancellationToken);

    /// <summary>Begins the check of a set: what was committed before is seen by a snapshot opened from now on, and what is recorded later makes the set due again.</summary>
    /// <param name="rules">By which catalog and build it is checked.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim.</exception>
    Task BeginCheckAsync(string set, string rules, Claim? claim, CancellationToken cancellationToken);

    /// <summary>Ends the check: the set is current, unless something was recorded since it began.</summary>
    /// <exception cref="ClaimLostException">Somebody else has the claim.</exception>
    Task EndCheckAsync(string set, DateTimeOffset at, Claim? claim, CancellationToken cancellationToken);
}
