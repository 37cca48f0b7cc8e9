using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Worker.Scheduling.Changes;

/// <summary>What a person means by an indicator's code, set/indicator, or set/indicator/F.</summary>
/// <param name="Duties">Of an indicator every frequency it has on the day, those of emergencies included.</param>
public sealed record ScheduleSelection(ScheduleTarget Target, IReadOnlyList<Duty> Duties)
{
    /// <summary>Null where nothing or more than one thing is meant; then <paramref name="fault"/> names the choices.</summary>
    public static ScheduleSelection? Find(CatalogSnapshot catalog, string text, DateOnly day, out ScheduleRemark? fault)
    {
        fault = null;
        var parts = text.Split('/');
        if (parts.Length is < 1 or > 3 || parts.Contains(""))
        {
            fault = new("bad-target", $"'{text}' is no indicator; write its code, set/indicator or set/indicator/F.");
            return null;
        }
        var found =
            parts.Length == 1
                ? catalog
                    .Sets.Where(set => catalog.FindIndicator(set.Code, parts[0]) is not null)
                    .Select(set => (Set: set.Code, Code: parts[0]))
                    .ToList()
                : [(Set: parts[0], Code: parts[1])];
        if (found.Count > 1)
        {
            var choices = string.Join(", ", found.Select(one => $"{one.Set}/{one.Code}"));
            fault = new("ambiguous-indicator", $"'{text}' is in several sets; write one of {choices}.");
            return null;
        }
        if (found.Count == 0 || catalog.FindIndicator(found[0].Set, found[0].Code) is not { } indicator)
        {
            fault = new("unknown-indicator", Unknown(catalog, text, parts));
            return null;
        }
        var (name, code) = found[0];
        return parts.Length == 3
            ? OfDuty(name, indicator, parts[2], text, out fault)
            : new(
                ScheduleTarget.Of(name, code),
                [.. indicator.On(day).Frequencies.Select(frequency => new Duty(name, code, frequency))]
            );
    }

    private static ScheduleSelection? OfDuty(
        string set,
        Indicator indicator,
        string letter,
        string text,
        out ScheduleRemark? fault
    )
    {
        fault = null;
        if (FrequencyCode.TryParse(letter, out var frequency) && indicator.AllFrequencies.Contains(frequency))
        {
            var duty = new Duty(set, indicator.Code, frequency);
            return new(ScheduleTarget.Of(duty), [duty]);
        }
        var choices = string.Join(", ", indicator.AllFrequencies.Select(one => $"{set}/{indicator.Code}/{one.Code()}"));
        fault = new("unknown-frequency", $"'{text}' is not reported so; write one of {choices}.");
        return null;
    }

    private static string Unknown(CatalogSnapshot catalog, string text, string[] parts)
    {
        if (parts.Length == 1)
            return $"'{text}' is an indicator of no set; 'catalog list --set S' shows the codes.";
        return catalog.FindSet(parts[0]) is null
            ? $"'{text}': there is no set '{parts[0]}'; allowed: {string.Join(", ", catalog.Sets.Select(set => set.Code))}."
            : $"'{text}': the set {parts[0]} has no indicator '{parts[1]}'; 'catalog list --set {parts[0]}' shows its codes.";
    }
}
