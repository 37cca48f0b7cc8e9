using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger's emergencies; every change leaves a row of the audit trail in the same transaction.</summary>
public interface IEmergencies
{
    /// <summary>Declares an emergency and gives it its number.</summary>
    /// <param name="emergency">Its id is ignored.</param>
    /// <param name="why">For the audit trail; may be empty.</param>
    Task<Emergency> DeclareAsync(Emergency emergency, string why, CancellationToken cancellationToken);

    /// <summary>Lets it end at another instant: later (extended), or sooner. Null where there is no such emergency, or it was over by <paramref name="at"/>.</summary>
    /// <param name="isStop">It is stopped, which the record says.</param>
    Task<Emergency?> EndAtAsync(
        long id,
        DateTimeOffset until,
        bool isStop,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <summary>All there ever were, oldest first.</summary>
    Task<IReadOnlyList<Emergency>> ReadEmergenciesAsync(CancellationToken cancellationToken);

    /// <summary>Those whose hours may not all have been planned yet: in force, to come, or over without our having looked since.</summary>
    Task<IReadOnlyList<Emergency>> ReadUnplannedAsync(CancellationToken cancellationToken);

    /// <summary>The emergency is over and all its hours are planned. Does nothing where it was given another end meanwhile.</summary>
    Task FinishEmergencyAsync(Emergency emergency, CancellationToken cancellationToken);
}
