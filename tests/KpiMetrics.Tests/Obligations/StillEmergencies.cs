using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Obligations;

/// <summary>A ledger's emergencies to a process that stands still once, after it read which are to be planned.</summary>
/// <param name="meanwhile">What happens until it goes on.</param>
internal sealed class StillEmergencies(IEmergencies ledger, Func<CancellationToken, Task> meanwhile) : IEmergencies
{
    private bool stood;

    public async Task<IReadOnlyList<Emergency>> ReadUnplannedAsync(CancellationToken cancellationToken)
    {
        var read = await ledger.ReadUnplannedAsync(cancellationToken);
        if (stood)
            return read;
        stood = true;
        await meanwhile(cancellationToken);
        return read;
    }

    public Task<IReadOnlyList<Emergency>> ReadEmergenciesAsync(CancellationToken cancellationToken) =>
        ledger.ReadEmergenciesAsync(cancellationToken);

    public Task FinishEmergencyAsync(Emergency emergency, CancellationToken cancellationToken) =>
        ledger.FinishEmergencyAsync(emergency, cancellationToken);

    public Task<Emergency> DeclareAsync(Emergency emergency, string why, CancellationToken cancellationToken) =>
        ledger.DeclareAsync(emergency, why, cancellationToken);

    public Task<Emergency?> EndAtAsync(
        long id,
        DateTimeOffset until,
        bool isStop,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => ledger.EndAtAsync(id, until, isStop, who, why, at, cancellationToken);
}
