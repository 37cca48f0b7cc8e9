using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The sets and areas as their files have them, without any ledger.</summary>
internal sealed class Decisions(CatalogSnapshot catalog)
{
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    /// <summary>The day that it is in Vietnam.</summary>
    private static DateOnly Today => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(Vietnam).DateTime);

    /// <summary>Those that have indicators.</summary>
    public IReadOnlyList<string> Sets => [.. catalog.Sets.Where(set => set.Indicators.Any()).Select(set => set.Code)];

    public static Decisions Read(params IEnumerable<string> folders)
    {
        var reading = CatalogReader.Read(folders);
        return new(reading.Snapshot ?? throw new InvalidOperationException(string.Join('\n', reading.Faults)));
    }

    public IndicatorSet Set(string code) => catalog.FindSet(code) ?? throw new ArgumentException(code, nameof(code));

    public Indicator Indicator(string set, string code) =>
        catalog.FindIndicator(set, code) ?? throw new ArgumentException(code, nameof(code));

    public (Indicator Indicator, Measure Measure) Measure(string set, string code) =>
        catalog.FindMeasure(set, code) ?? throw new ArgumentException(code, nameof(code));

    /// <summary>What is in force today, in the order of the document.</summary>
    public IEnumerable<(IndicatorGroup Group, Indicator Indicator, Measure Measure)> InForce(string code)
    {
        var set = Set(code);
        return from of in set.Groups
            from indicator in of.Indicators
            from measure in indicator.Measures
            where (measure.From ?? indicator.From ?? set.From) is not { } first || first <= Today
            where (measure.To ?? indicator.To ?? set.To) is not { } last || last >= Today
            select (of, indicator, measure);
    }

    /// <summary>The office of an indicator, or of one measure of it that is another's.</summary>
    public string AgencyOf(string set, string measure)
    {
        var (indicator, of) = Measure(set, measure);
        return of.Agency ?? indicator.Agency;
    }

    /// <summary>Every office that the set names.</summary>
    public IReadOnlySet<string> Agencies(string set) =>
        Set(set).Measures.Select(measure => AgencyOf(set, measure.Code)).ToHashSet(StringComparer.Ordinal);

    public Area Home(string set) => catalog.HomeOf(Set(set)) ?? throw new ArgumentException(set, nameof(set));

    /// <summary>The area that bears the code today.</summary>
    public Area Area(string code) => catalog.FindArea(code, Today) ?? throw new ArgumentException(code, nameof(code));

    /// <summary>The area that bore the code when a period ended: codes were used again.</summary>
    public Area AreaOf(string set, string indicator, string code, string period) =>
        catalog.FindArea(code, DateOnly.FromDateTime(Window(set, indicator, period).Closes.AddTicks(-1).DateTime))
        ?? throw new ArgumentException($"{code} {period}", nameof(code));

    public Area AreaById(string id) => catalog.FindAreaById(id) ?? throw new ArgumentException(id, nameof(id));

    /// <summary>The communes in the province of a set, as they are today.</summary>
    public IReadOnlyList<Area> Communes(string set)
    {
        var home = Home(set);
        return
        [
            .. catalog
                .Areas.Where(area => area.Level == AreaLevel.Commune && area.IsValidOn(Today))
                .Where(area => catalog.ParentOf(area, Today)?.Id == home.Id),
        ];
    }

    public string? SubjectName(string set, string measure, string subject) =>
        Measure(set, measure).Measure.Subjects.FirstOrDefault(one => one.Code == subject)?.Name;

    /// <summary>When a period begins and ends under the rules of its indicator.</summary>
    public (DateTimeOffset Opens, DateTimeOffset Closes) Window(string set, string indicator, string period)
    {
        var window = Set(set).WindowOf(Indicator(set, indicator), Period.Parse(period));
        return (new(window.Start, Vietnam), new(window.End, Vietnam));
    }
}
