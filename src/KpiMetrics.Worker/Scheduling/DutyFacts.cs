using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>What catalog and ledger know of duties that scheduling wants to show.</summary>
internal sealed class DutyFacts(Engine engine)
{
    // Read once: a backfill asks of every hour.
    private readonly Lazy<(ObligationPlan Plan, IReadOnlyList<Emergency> Emergencies)> then = new(() =>
        (
            new(engine.Catalog, VietnamTime.Zone),
            engine.Ledger.ReadEmergenciesAsync(CancellationToken.None).GetAwaiter().GetResult()
        )
    );

    public DueSpan? DueOf(Duty duty, Period period)
    {
        if (
            engine.Catalog.FindSet(duty.Set) is not { } set
            || engine.Catalog.FindIndicator(duty.Set, duty.Indicator) is not { } indicator
        )
            return null;
        var due = DueDates.Of(set, indicator, period, engine.Catalog.Calendar);
        return new(Instant(due.Opens), Instant(due.Due));
    }

    /// <summary>Whether an emergency obliged hours of the duty in the period, by what was declared when this was first asked. For one caller at a time.</summary>
    public bool WasEmergency(Duty duty, Period period)
    {
        var (plan, emergencies) = then.Value;
        return emergencies.Any(emergency => plan.AreasOf(duty, emergency, period).Any());
    }

    public async Task<IReadOnlyList<TouchedObligations>> TouchedAsync(
        IReadOnlyList<Duty> duties,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var touched = new List<TouchedObligations>();
        foreach (var duty in duties)
        {
            var (open, upcoming, next) = (0, 0, (DateTimeOffset?)null);
            await foreach (
                var obligation in engine.Ledger.ReadAsync(
                    new ObligationQuery(duty.Set, duty.Indicator, Frequency: duty.Frequency, OnlyOpen: true),
                    cancellationToken
                )
            )
            {
                if (obligation.Times.Opens <= at)
                    open++;
                else
                    upcoming++;
                var due = obligation.DueAt(at);
                if (due > at && !(next <= due))
                    next = due;
            }
            touched.Add(new(duty, open, upcoming, next));
        }
        return touched;
    }

    public async Task<IReadOnlyDictionary<Duty, LastRun>> LastRunsAsync(CancellationToken cancellationToken) =>
        (await engine.Ledger.ReadLastAskedAsync(cancellationToken)).ToDictionary(
            entry => entry.Key,
            entry => new LastRun(entry.Value.LastAskedAt, $"{entry.Value.Source} {entry.Value.Period}: {entry.Value.Outcome}")
        );

    private static DateTimeOffset Instant(DateTime local) => new(local, VietnamTime.Zone.GetUtcOffset(local));
}
