using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Running;

/// <summary>Who declares and stops the emergencies of the script, once each, however often we are killed in between.</summary>
internal sealed class EmergencyDesk(SimulatedWorld world, IEmergencies emergencies)
{
    public async Task RunAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!EmergencyScript.IsNear(at))
            return;
        var known = await emergencies.ReadEmergenciesAsync(cancellationToken);
        var (flood, slide) = (Find(known, EmergencyScript.Flood), Find(known, EmergencyScript.Slide));
        if (flood is null && at >= EmergencyScript.FloodFrom && at < EmergencyScript.FloodUntil)
            await DeclareAsync(
                EmergencyScript.Flood,
                EmergencyScript.FloodPlaces,
                (EmergencyScript.FloodFrom, EmergencyScript.FloodUntil),
                at,
                cancellationToken
            );
        if (slide is null && at >= EmergencyScript.SlideFrom && at < EmergencyScript.SlideStop)
            await DeclareAsync(
                EmergencyScript.Slide,
                EmergencyScript.SlidePlaces,
                (EmergencyScript.SlideFrom, EmergencyScript.SlideUntil),
                at,
                cancellationToken
            );
        if (slide is { StoppedAt: null } && at >= EmergencyScript.SlideStop)
            await emergencies.EndAtAsync(slide.Id, at, isStop: true, "ban-chi-huy", "nước rút", at, cancellationToken);
    }

    private async Task DeclareAsync(
        string order,
        IReadOnlyList<int> places,
        (DateTimeOffset From, DateTimeOffset Until) span,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var set = world.Catalog.FindSet("lao-cai") ?? throw new InvalidDataException("The seeds lack lao-cai.");
        var areas = world.AreasOf(set);
        var emergency = new Emergency(
            0,
            order,
            [.. places.Select(place => areas[place].Id)],
            span.From,
            span.Until,
            at,
            "ban-chi-huy",
            null
        );
        await emergencies.DeclareAsync(emergency, "", cancellationToken);
    }

    private static Emergency? Find(IReadOnlyList<Emergency> known, string order) =>
        known.SingleOrDefault(emergency => emergency.Order == order);
}
