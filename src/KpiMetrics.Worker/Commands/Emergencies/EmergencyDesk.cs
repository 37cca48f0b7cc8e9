using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Emergencies;

/// <summary>Where emergencies are declared, extended and stopped, whoever asks: a command or the API. What cannot be is a <see cref="CommandException"/>.</summary>
/// <param name="prefix">What stands before a name in messages: <c>--</c> on the command line, nothing in an address.</param>
public sealed class EmergencyDesk(CatalogSnapshot catalog, IEmergencies emergencies, TimeZoneInfo zone, string prefix)
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(30);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(7);

    private readonly ObligationPlan plan = new(catalog, zone);

    private readonly List<Duty> hourly =
    [
        .. catalog.Sets.SelectMany(DutyPlan.Of).Where(duty => duty.Frequency == Frequency.Hour),
    ];

    /// <param name="codes">Of communes or provinces, as they are called when it begins.</param>
    public async Task<EmergencyEffect> StartAsync(
        IReadOnlyList<string> codes,
        string order,
        DateTimeOffset? from,
        DateTimeOffset until,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(order))
            throw new CommandException(
                $"{prefix}order is empty; give the number of the order that declares it.",
                "order-missing"
            );
        var begins = from ?? at;
        CheckSpan(begins, until, at);
        if (begins < at - LongestAgo)
        {
            throw new CommandException(
                $"{prefix}from is {InstantText.Print(begins)}; allowed: at most 7 days ago, from {InstantText.Print(at - LongestAgo)} on.",
                "bad-from"
            );
        }
        var areas = Areas(codes, Day(begins));
        var emergency = new Emergency(0, order.Trim(), [.. areas.Select(area => area.Id)], begins, until, at, who, null);
        foreach (var area in areas)
            CheckReports(area, emergency);
        var effect = Effect(emergency);
        return effect with { Emergency = await emergencies.DeclareAsync(emergency, why, cancellationToken) };
    }

    public async Task<EmergencyEffect> ExtendAsync(
        long id,
        DateTimeOffset until,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var before = await InForceAsync(id, at, cancellationToken);
        CheckSpan(before.From, until, at);
        if (until <= before.Until)
        {
            throw new CommandException(
                $"{prefix}until is {InstantText.Print(until)}; emergency {id} lasts to {InstantText.Print(before.Until)} anyway. To end it now, stop it.",
                "bad-until"
            );
        }
        return Effect(await EndAsync(id, until, isStop: false, who, why, at, cancellationToken));
    }

    public async Task<Emergency> StopAsync(
        long id,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        await InForceAsync(id, at, cancellationToken);
        if (string.IsNullOrWhiteSpace(why))
            throw new CommandException($"{prefix}why is empty; say in a few words why it is stopped.", "why-missing");
        return await EndAsync(id, at, isStop: true, who, why, at, cancellationToken);
    }

    private async Task<Emergency> EndAsync(
        long id,
        DateTimeOffset until,
        bool isStop,
        string who,
        string why,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        await emergencies.EndAtAsync(id, until, isStop, who, why, at, cancellationToken)
        ?? throw new CommandException($"Emergency {id} is over.", "emergency-over");

    private async Task<Emergency> InForceAsync(long id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var all = await emergencies.ReadEmergenciesAsync(cancellationToken);
        var found = all.FirstOrDefault(emergency => emergency.Id == id);
        if (found?.Until > at)
            return found;
        var others = string.Join(", ", all.Where(emergency => emergency.Until > at).Select(emergency => emergency.Id));
        var allowed = others.Length == 0 ? "none is in force." : $"in force or to come: {others}.";
        throw found is null
            ? new CommandException($"There is no emergency {id}; {allowed}", "unknown-emergency")
            : new CommandException(
                $"Emergency {id} was over at {InstantText.Print(found.Until)}; declare another. Of the others {allowed}",
                "emergency-over"
            );
    }

    private void CheckSpan(DateTimeOffset from, DateTimeOffset until, DateTimeOffset at)
    {
        var earliest = from > at ? from : at;
        if (until <= earliest || until > from + Longest)
        {
            throw new CommandException(
                $"{prefix}until is {InstantText.Print(until)}; allowed: after {InstantText.Print(earliest)}, at most 366 days after it begins.",
                "bad-until"
            );
        }
    }

    private List<Area> Areas(IReadOnlyList<string> codes, DateOnly day)
    {
        var faults = new List<string>();
        var areas = new List<Area>();
        foreach (var code in codes)
        {
            if (catalog.FindArea(code, day) is { Level: AreaLevel.Province or AreaLevel.Commune } area)
                areas.Add(area);
            else
                faults.Add(Shown.Of(code));
        }
        if (faults.Count > 0 || codes.Count == 0)
        {
            var found =
                codes.Count == 0 ? "is empty" : $"has {string.Join(", ", faults)}, which no commune or province bears then";
            throw new CommandException($"{prefix}areas {found}; allowed: {Allowed(day)}.", "unknown-area");
        }
        return [.. areas.DistinctBy(area => area.Id)];
    }

    private void CheckReports(Area area, Emergency emergency)
    {
        var alone = emergency with { Areas = [area.Id] };
        if (hourly.Exists(duty => plan.AreasOf(duty, alone, plan.FirstHour(alone)).Any()))
            return;
        throw new CommandException(
            $"{prefix}areas: {area.Code} {area.Name} reports nothing by the hour in an emergency; allowed: {Allowed(Day(emergency.From))}.",
            "nothing-hourly"
        );
    }

    private string Allowed(DateOnly day)
    {
        var homes = hourly
            .Select(duty => duty.Set)
            .Distinct()
            .Select(code => catalog.FindSet(code) is { } set ? catalog.HomeOf(set) : null)
            .OfType<Area>()
            .Where(home => home.IsValidOn(day))
            .Select(home => $"{home.Code} ({home.Name}) and the communes in it");
        return string.Join("; ", homes) is { Length: > 0 } allowed ? allowed : "nothing: no set has hourly indicators";
    }

    private EmergencyEffect Effect(Emergency emergency)
    {
        var first = plan.FirstHour(emergency);
        var indicators = new List<(string, Indicator)>();
        var areas = new HashSet<string>(StringComparer.Ordinal);
        var due = DateTimeOffset.MaxValue;
        foreach (var duty in hourly)
        {
            var hours = plan.InEmergency(duty, emergency, null, emergency.From.AddMinutes(1), emergency.DeclaredAt)
                .Where(obligation => obligation.Period == first)
                .ToList();
            if (hours.Count == 0 || catalog.FindIndicator(duty.Set, duty.Indicator) is not { } indicator)
                continue;
            indicators.Add((duty.Set, indicator));
            areas.UnionWith(hours.Select(obligation => obligation.Area));
            due = hours[0].Times.Due < due ? hours[0].Times.Due : due;
        }
        var days = (emergency.Until - emergency.From).TotalDays;
        IReadOnlyList<string> warnings =
            emergency.Until - emergency.From > Long
                ? [FormattableString.Invariant($"It lasts {days:0} days: longer than 30; each hour of it must be reported.")]
                : [];
        return new(emergency, indicators, areas.Count, first, due, warnings);
    }

    private DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
