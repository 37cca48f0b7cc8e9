using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger's obligations: created once each, their instants frozen; what became of them follows from the observations, in the transaction that brings these.</summary>
public interface IObligations
{
    /// <summary>The last period of each duty whose obligations were created; empty where the plan was another than <paramref name="fingerprint"/> says.</summary>
    Task<IReadOnlyDictionary<Duty, Period>> ReadPlannedAsync(string fingerprint, CancellationToken cancellationToken);

    /// <summary>
    /// Creates those that are not there yet, and remembers how far the duties are planned. Of those that are, what was void
    /// holds again; what is not due by when the given one was created takes its agency and needs; instants never change. Figures that were received
    /// before count.
    /// </summary>
    /// <param name="claim">Under which they were planned; null: under none.</param>
    /// <returns>How many were new, or changed.</returns>
    /// <exception cref="ClaimLostException">Somebody else has the claim; nothing is kept.</exception>
    Task<int> CreateAsync(
        IReadOnlyCollection<Obligation> obligations,
        IReadOnlyDictionary<Duty, Period> planned,
        Claim? claim,
        CancellationToken cancellationToken
    );

    /// <summary>Remembers by which plan all obligations are created.</summary>
    /// <param name="claim">Under which they were; null: under none.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim; nothing is kept.</exception>
    Task AdoptPlanAsync(string fingerprint, Claim? claim, CancellationToken cancellationToken);

    /// <summary>Makes void what need not be any more, with one row of the audit trail; what is void or fulfilled already stays so.</summary>
    /// <param name="claim">Under which that was found; null: under none.</param>
    /// <returns>How many were made void.</returns>
    /// <exception cref="ClaimLostException">Somebody else has the claim; nothing is kept.</exception>
    Task<int> VoidAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        string why,
        DateTimeOffset at,
        Claim? claim,
        CancellationToken cancellationToken
    );

    /// <summary>The obligations that match, by duty in order of set, indicator and frequency, then by period and area.</summary>
    IAsyncEnumerable<Obligation> ReadAsync(ObligationQuery query, CancellationToken cancellationToken);

    /// <summary>The periods of a duty that are open at the instant and of which something is still to come, oldest first.</summary>
    Task<IReadOnlyList<OpenPeriod>> ReadOpenAsync(Duty duty, DateTimeOffset at, CancellationToken cancellationToken);

    Task<OpenCounts> CountOpenAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Grants or takes back, for each of the obligations, with one row of the audit trail; those that do not exist are left out.</summary>
    /// <returns>How many obligations it was granted for.</returns>
    Task<int> ExemptAsync(
        IReadOnlyCollection<ObligationKey> obligations,
        Exemption exemption,
        CancellationToken cancellationToken
    );
}
