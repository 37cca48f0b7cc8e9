using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Explain;

/// <summary>A series as a person writes it: <c>lao-cai/LC-A01.02/02683/lua</c>.</summary>
internal static class SeriesText
{
    public const string Form = "SET/MEASURE/AREA[/SUBJECT]";

    private const int MostNamed = 20;

    /// <summary>The series meant; an area's code is read on the last day of the period's window.</summary>
    /// <exception cref="CommandException">A part names nothing; the message says what was allowed.</exception>
    public static SeriesKey Resolve(CatalogSnapshot catalog, string text, Period period)
    {
        if (text.Split('/') is not [{ Length: > 0 } set, { Length: > 0 } measure, { Length: > 0 } area, .. { Length: <= 1 } rest])
            throw new CommandException($"SERIES is {Shown.Of(text)}; write {Form}, such as cchc/CC-F303.01/24.");
        if (catalog.FindSet(set) is null && Suggestion.For(set, catalog.Sets.Select(known => known.Code)) is { } near)
            throw new CommandException($"There is no set {Shown.Of(set)}; did you mean {near}?");
        var found = Engine.FindSet(catalog, set);
        var (indicator, of) = FindMeasure(catalog, found, measure);
        if (!indicator.AllFrequencies.Contains(period.Frequency))
            throw new CommandException(
                $"--period '{period}' has frequency {period.Frequency.Code()}; {of.Code} has {string.Join(", ", indicator.AllFrequencies.Select(FrequencyCode.Code))}."
            );
        var place = FindArea(catalog, found, area, found.WindowOf(indicator, period).LastDay);
        return new(
            set,
            indicator.Code,
            of.Code,
            FindSubject(of, rest is [var subject] ? subject : ""),
            place.Id,
            period.Frequency
        );
    }

    private static (Indicator, Measure) FindMeasure(CatalogSnapshot catalog, IndicatorSet set, string code)
    {
        if (catalog.FindMeasure(set.Code, code) is { } found)
            return found;
        if (catalog.FindIndicator(set.Code, code) is { } indicator)
            throw new CommandException(
                $"{code} is an indicator of set {set.Code}; allowed: {Named(indicator.Measures.Select(measure => measure.Code))}."
            );
        throw new CommandException(
            Suggestion.For(code, set.Measures.Select(measure => measure.Code)) is { } near
                ? $"Set {set.Code} has no measure {Shown.Of(code)}; did you mean {near}?"
                : $"Set {set.Code} has no measure {Shown.Of(code)}; 'catalog list --set {set.Code}' shows its codes."
        );
    }

    private static Area FindArea(CatalogSnapshot catalog, IndicatorSet set, string code, DateOnly day)
    {
        var area = code.Contains('@', StringComparison.Ordinal) ? catalog.FindAreaById(code) : catalog.FindArea(code, day);
        if (area is null)
        {
            var bearers = catalog.AreasWithCode(code.Split('@')[0]).Select(Name).ToList();
            var allowed = bearers.Count > 0 ? bearers : [.. catalog.HomeAndEarlier(set).Select(Name)];
            throw new CommandException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No area {(code.Contains('@', StringComparison.Ordinal) ? "is" : "bears the code")} {Shown.Of(code)} on {day:yyyy-MM-dd}; allowed: {Named(allowed)}."
                )
            );
        }
        return IsOf(catalog, set, area)
            ? area
            : throw new CommandException(
                $"Set {set.Code} has no figures of {Name(area)}; allowed: {Named(catalog.HomeAndEarlier(set).Select(Name))}, and areas within."
            );
    }

    // Figures are reported of the set's level and rolled up to the levels above it, within its home and what that was made from.
    private static bool IsOf(CatalogSnapshot catalog, IndicatorSet set, Area area)
    {
        var homes = catalog.HomeAndEarlier(set).Select(home => home.Id).ToHashSet(StringComparer.Ordinal);
        var waiting = new Stack<Area>([area]);
        while (waiting.TryPop(out var place))
        {
            if (homes.Contains(place.Id))
                return true;
            foreach (var parent in catalog.ParentsOf(place))
                waiting.Push(parent);
        }
        return false;
    }

    private static string FindSubject(Measure measure, string code)
    {
        var subjects = measure.Subjects.Select(subject => subject.Code).ToList();
        if (subjects.Count == 0)
            return code.Length == 0
                ? code
                : throw new CommandException($"{measure.Code} has no subjects; leave out '/{Shown.Of(code).Trim('\'')}'.");
        if (subjects.Contains(code, StringComparer.Ordinal))
            return code;
        var allowed =
            Suggestion.For(code, subjects) is { } near && code.Length > 0
                ? $"did you mean {near}?"
                : $"allowed: {Named(subjects)}.";
        throw new CommandException(
            code.Length == 0
                ? $"{measure.Code} is given by subject; {allowed}"
                : $"{measure.Code} has no subject {Shown.Of(code)}; {allowed}"
        );
    }

    private static string Name(Area area) => $"{area.Id} ({area.FullName})";

    private static string Named(IEnumerable<string> all)
    {
        var names = all.ToList();
        var shown = string.Join(", ", names.Take(MostNamed));
        return names.Count > MostNamed ? $"{shown}, ... ({names.Count})" : shown;
    }
}
