using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>The figures exported of one group, found by the place they have in its form.</summary>
internal sealed class GroupFigures
{
    private static readonly IReadOnlyList<FormSeries> None = [];

    private readonly Dictionary<(string Area, string Measure, string Subject), List<FormSeries>> series = [];
    private readonly Dictionary<string, FormArea> areas = [];
    private readonly Dictionary<string, SortedSet<string>> subjects = [];
    private readonly HashSet<Period> periods = [];
    private FormSeries? current;

    /// <summary>The newest last; of those that end together the longest last.</summary>
    public IReadOnlyList<Period> Periods => [.. periods.OrderBy(period => period.End).ThenByDescending(period => period.Start)];

    public IReadOnlyList<FormArea> Areas => [.. FormArea.InOrder(areas.Values)];

    /// <summary>The most characters a number has.</summary>
    public int WidestNumber { get; private set; }

    public bool HasTexts { get; private set; }

    public bool HasProvisional { get; private set; }

    /// <summary>Some figure is made up.</summary>
    public bool HasDemo { get; private set; }

    /// <summary>The next figure; series come one after the other, their figures oldest first.</summary>
    public void Add(FigureRow row)
    {
        var key = row.Series;
        if (current is null || current.Last.Series != key)
        {
            current = new(row);
            var place = (key.Area, key.Measure, key.Subject);
            if (!series.TryGetValue(place, out var found))
                series[place] = found = [];
            found.Add(current);
            areas.TryAdd(key.Area, new(key.Area, row.Area));
            if (!subjects.TryGetValue(key.Measure, out var known))
                subjects[key.Measure] = known = new(StringComparer.Ordinal);
            if (key.Subject.Length > 0)
                known.Add(key.Subject);
        }
        var figure = current.Add(row);
        periods.Add(figure.Period);
        HasTexts |= figure.Value.Text is not null;
        HasProvisional |= !figure.IsOrdinary;
        HasDemo |= row.Derived.Figure.Current.Source == DemoSource.Name;
        if (figure.Value.Number is not null)
            WidestNumber = Math.Max(WidestNumber, figure.Value.ToString().Length);
    }

    /// <summary>The series of one row, one for each frequency; empty where there is none.</summary>
    public IReadOnlyList<FormSeries> Of(string area, string measure, string subject) =>
        series.TryGetValue((area, measure, subject), out var found) ? found : None;

    /// <summary>The codes of the subjects that the measure has figures of.</summary>
    public IEnumerable<string> SubjectsOf(string measure) => subjects.TryGetValue(measure, out var known) ? known : [];
}
