using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Obligations;

/// <summary>Creates obligations ahead of their time, switches hourly ones with emergencies, and makes void what is no longer in force.</summary>
/// <remarks>
/// May be run at any time, by several at once, and killed at any moment: an obligation is created once, and what was not created yet is created by
/// the next run, however long nobody ran it. Costs next to nothing where nothing is to be done. For one caller at a time.
/// </remarks>
/// <param name="fingerprint">Of the catalog and whatever else the plan follows from; when it changes, everything is planned anew.</param>
/// <param name="since">No period that began before this day is obliged; null: none is left out.</param>
public sealed class ObligationStage(
    CatalogSnapshot catalog,
    string fingerprint,
    DateOnly? since,
    IObligations obligations,
    IEmergencies emergencies,
    TimeZoneInfo zone
)
{
    private const int Batch = 10_000;

    /// <summary>For how long after an emergency its hours are still looked for, whether or not any is missing.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromHours(6);

    /// <summary>For how long while some are.</summary>
    private static readonly TimeSpan Awaited = AskAgain.GivenUpAfter(Frequency.Hour);

    private readonly ObligationPlan plan = new(catalog, zone, since);
    private readonly ObligationPlan everything = new(catalog, zone);
    private readonly List<Duty> duties = [.. catalog.Sets.SelectMany(DutyPlan.Of)];
    private readonly Dictionary<Duty, Period> planned = [];
    private readonly Dictionary<(long Emergency, Duty Duty), Period> emergencyHours = [];
    private readonly Dictionary<long, DateTimeOffset> ends = [];
    private bool isRead;
    private bool isAdopted;
    private DateTimeOffset nextAt = DateTimeOffset.MinValue;

    /// <summary>The hourly duties that an emergency obliges as of the last run, or did until some hours before, or of which hours are still missing; may be read by several at once.</summary>
    public IReadOnlySet<Duty> Hourly { get; private set; } = new HashSet<Duty>();

    /// <param name="claim">Under which the ledger takes what is planned; null: under none.</param>
    /// <param name="onProgress">Told now and then how many were created so far.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim; what was kept before is as good as any, the others are left to him.</exception>
    public async Task<PlanChanges> RunAsync(
        DateTimeOffset at,
        Claim? claim,
        Action<int>? onProgress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await RunOnceAsync(at, claim, onProgress, cancellationToken);
        }
        catch
        {
            Forget(); // it may be ahead of what the ledger took
            throw;
        }
    }

    /// <summary>Makes the next run begin with what the ledger knows, as others may have planned since the last.</summary>
    public void Forget()
    {
        (isRead, nextAt) = (false, DateTimeOffset.MinValue);
        planned.Clear();
        emergencyHours.Clear();
        ends.Clear();
    }

    /// <summary>Only finds out what <see cref="Hourly"/> is.</summary>
    public async Task ReadHourlyAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var declared = await emergencies.ReadEmergenciesAsync(cancellationToken);
        var hourly = new HashSet<Duty>();
        var hours = duties.Where(duty => duty.Frequency == Frequency.Hour);
        foreach (var emergency in declared.Where(emergency => emergency.From <= at && at < emergency.Until + Awaited))
        {
            foreach (var duty in hours.Where(duty => plan.AreasOf(duty, emergency, plan.FirstHour(emergency)).Any()))
            {
                if (!hourly.Contains(duty) && (at < emergency.Until + Echo || await IsAwaitedAsync(duty, at, cancellationToken)))
                    hourly.Add(duty);
            }
        }
        Hourly = hourly;
    }

    // Nobody may have asked for hours while the worker, or their source, was away.
    private async Task<bool> IsAwaitedAsync(Duty duty, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await obligations.ReadOpenAsync(duty, at, cancellationToken)).Any(open => at <= open.DueAt + Awaited);

    private async Task<PlanChanges> RunOnceAsync(
        DateTimeOffset at,
        Claim? claim,
        Action<int>? onProgress,
        CancellationToken cancellationToken
    )
    {
        if (!isRead)
        {
            foreach (var (duty, period) in await obligations.ReadPlannedAsync(fingerprint, cancellationToken))
                planned[duty] = period;
            isAdopted = planned.Count > 0;
            isRead = true;
        }
        if (!isAdopted)
            await obligations.AdoptPlanAsync("", claim, cancellationToken); // killed in between, no plan may take the marks of this one for its own
        var created = at >= nextAt ? await PlanAsync(at, claim, onProgress, cancellationToken) : 0;
        var voided = 0;
        if (!isAdopted)
        {
            voided = await VoidUnplannedAsync(frequency: null, at, "no longer in force", claim, cancellationToken);
            await obligations.AdoptPlanAsync(fingerprint, claim, cancellationToken);
            isAdopted = true;
        }
        await ReadHourlyAsync(at, cancellationToken);
        foreach (var emergency in await emergencies.ReadUnplannedAsync(cancellationToken))
        {
            var isChanged = !ends.TryGetValue(emergency.Id, out var end) || end != emergency.Until;
            if (isChanged)
                ForgetHours(emergency); // some may have been void in between
            created += await PlanAsync(emergency, at, claim, cancellationToken);
            if (isChanged)
                voided += await VoidUnplannedAsync(
                    Frequency.Hour,
                    at,
                    $"emergency {emergency.Id} ends",
                    claim,
                    cancellationToken
                );
            ends[emergency.Id] = emergency.Until;
            if (emergency.Until <= at)
                await emergencies.FinishEmergencyAsync(emergency, cancellationToken);
        }
        return new(created, voided);
    }

    private async Task<int> PlanAsync(
        DateTimeOffset at,
        Claim? claim,
        Action<int>? onProgress,
        CancellationToken cancellationToken
    )
    {
        var batch = new List<Obligation>();
        var reached = new Dictionary<Duty, Period>();
        var created = 0;
        nextAt = DateTimeOffset.MaxValue;
        foreach (var duty in duties)
        {
            Period? last = planned.TryGetValue(duty, out var known) ? known : null;
            foreach (var period in plan.Periods(duty, last, at + ObligationPlan.Ahead(duty.Frequency)))
            {
                batch.AddRange(plan.Of(duty, period, at));
                reached[duty] = planned[duty] = period;
                if (batch.Count < Batch)
                    continue;
                created += await obligations.CreateAsync(batch, reached, claim, cancellationToken);
                onProgress?.Invoke(created);
                batch.Clear();
                reached.Clear();
            }
            if (plan.NextAt(duty, planned.TryGetValue(duty, out var newest) ? newest : null) is { } next && next < nextAt)
                nextAt = next;
        }
        if (batch.Count > 0)
            created += await obligations.CreateAsync(batch, reached, claim, cancellationToken);
        return created;
    }

    private async Task<int> PlanAsync(Emergency emergency, DateTimeOffset at, Claim? claim, CancellationToken cancellationToken)
    {
        var created = 0;
        foreach (var duty in duties.Where(duty => duty.Frequency == Frequency.Hour))
        {
            Period? last = emergencyHours.TryGetValue((emergency.Id, duty), out var known) ? known : null;
            var hours = plan.InEmergency(duty, emergency, last, at + ObligationPlan.Ahead(Frequency.Hour), at).ToList();
            if (hours.Count == 0)
                continue;
            created += await obligations.CreateAsync(hours, new Dictionary<Duty, Period>(), claim, cancellationToken);
            emergencyHours[(emergency.Id, duty)] = hours[^1].Period;
        }
        return created;
    }

    private void ForgetHours(Emergency emergency)
    {
        foreach (var duty in duties)
            emergencyHours.Remove((emergency.Id, duty));
    }

    private async Task<int> VoidUnplannedAsync(
        Frequency? frequency,
        DateTimeOffset at,
        string why,
        Claim? claim,
        CancellationToken cancellationToken
    )
    {
        var declared = await emergencies.ReadEmergenciesAsync(cancellationToken);
        var unplanned = new List<ObligationKey>();
        var holds = new HashSet<string>(StringComparer.Ordinal);
        (Duty, Period)? held = null;
        await foreach (var open in obligations.ReadAsync(new(Frequency: frequency, OnlyOpen: true), cancellationToken))
        {
            if (open.Times.Due <= at)
                continue; // what was due stays due
            if (held != (open.Duty, open.Period))
            {
                held = (open.Duty, open.Period);
                // A day that moves on with the clock must not take back what was obliged.
                holds = [.. everything.Of(open.Duty, open.Period, at).Select(obligation => obligation.Area)];
                foreach (var emergency in declared)
                    holds.UnionWith(plan.AreasOf(open.Duty, emergency, open.Period));
            }
            if (!holds.Contains(open.Area))
                unplanned.Add(ObligationKey.Of(open));
        }
        return await obligations.VoidAsync(unplanned, why, at, claim, cancellationToken);
    }
}
