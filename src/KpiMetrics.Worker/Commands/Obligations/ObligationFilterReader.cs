using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>Reads what a command line or an address says of obligations; each fault is a <see cref="CommandException"/> that names what is allowed.</summary>
/// <param name="prefix">What stands before a name in messages: <c>--</c> on the command line, nothing in an address.</param>
public sealed class ObligationFilterReader(CatalogSnapshot catalog, string prefix)
{
    public IndicatorSet Set(string? code)
    {
        if (code is not null && catalog.FindSet(code) is { } set)
            return set;
        var allowed = string.Join(", ", catalog.Sets.Select(of => of.Code));
        throw code is null
            ? new CommandException($"{prefix}set is needed; allowed: {allowed}.", "unknown-set")
            : new CommandException($"There is no set {Shown.Of(code)}; allowed: {allowed}.", "unknown-set");
    }

    public string? Indicator(IndicatorSet set, string? code)
    {
        if (code is null || catalog.FindIndicator(set.Code, code) is not null)
            return code;
        var near = Suggestion.For(code, set.Indicators.Select(of => of.Code)) is { } suggested
            ? $"did you mean {suggested}?"
            : $"its codes run from {set.Indicators.First().Code} to {set.Indicators.Last().Code}.";
        throw new CommandException($"{prefix}indicator {Shown.Of(code)} is not in set {set.Code}; {near}", "unknown-indicator");
    }

    /// <summary>The identities of the areas that bear or bore the code.</summary>
    public IReadOnlyList<string>? Areas(string? code)
    {
        if (code is null)
            return null;
        var areas = catalog.AreasWithCode(code).Select(area => area.Id).ToList();
        return areas.Count > 0
            ? areas
            : throw new CommandException(
                $"{prefix}area {Shown.Of(code)}: no area bears or bore this code; 'areas list' shows those there are.",
                "unknown-area"
            );
    }

    /// <summary>The office as the set prints it.</summary>
    public string? Agency(IndicatorSet set, string? text)
    {
        if (text is null)
            return null;
        var known = set
            .Indicators.SelectMany(indicator => indicator.Was.Select(was => was.Agency).Append(indicator.Agency))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return known.Find(agency => string.Equals(agency, text.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new CommandException(
                $"{prefix}agency {Shown.Of(text)} reports nothing to set {set.Code}; allowed: {string.Join(", ", known)}.",
                "unknown-agency"
            );
    }

    public Frequency? Frequency(string? letter)
    {
        if (letter is null)
            return null;
        return FrequencyCode.TryParse(letter, out var frequency)
            ? frequency
            : throw new CommandException(
                $"{prefix}freq is {Shown.Of(letter)}; allowed: {FrequencyCode.Allowed}.",
                "bad-frequency"
            );
    }

    public Period? Period(string name, string? text)
    {
        if (text is null)
            return null;
        return Core.Periods.Period.TryParse(text, out var period, out var why)
            ? period
            : throw new CommandException($"{prefix}{name} {why}", "bad-period");
    }

    /// <summary>A period, or several of one frequency: <c>2026-01..2026-03</c>.</summary>
    public (Period From, Period To) Span(string name, string? text)
    {
        var ends = (text ?? "").Split("..");
        var from = Period(name, ends[0]) ?? default;
        var to = ends.Length == 1 ? from : Period(name, ends[^1]) ?? default;
        if (ends.Length > 2 || from.Frequency != to.Frequency || from.Start > to.Start)
        {
            throw new CommandException(
                $"{prefix}{name} {Shown.Of(text ?? "")} is no span; write 2026-01, or 2026-01..2026-03 with the earlier first and both of one frequency.",
                "bad-period"
            );
        }
        return (from, to);
    }

    public IReadOnlyList<ObligationState> States(string? text) =>
        text is null
            ? []
            :
            [
                .. text.Split(',', StringSplitOptions.TrimEntries)
                    .Select(code =>
                        ObligationStateName.TryParse(code, out var state)
                            ? state
                            : throw new CommandException(
                                $"{prefix}state has {Shown.Of(code)}; allowed: {ObligationStateName.Allowed}.",
                                "bad-state"
                            )
                    ),
            ];

    /// <exception cref="CommandException">Nothing can lie between them.</exception>
    public void CheckSpan(Period? from, Period? to)
    {
        if (from is { } begins && to is { } ends && begins.Start >= ends.End)
        {
            throw new CommandException(
                $"{prefix}from '{begins}' lies after {prefix}to '{ends}': nothing can be between them.",
                "bad-period"
            );
        }
    }
}
