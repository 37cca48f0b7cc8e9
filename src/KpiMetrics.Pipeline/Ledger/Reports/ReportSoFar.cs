using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sql;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>What one report has said until now: its series, its statements, and which obligations they are for.</summary>
/// <remarks>Grows with the report, by some words for each figure.</remarks>
internal sealed class ReportSoFar
{
    private readonly Dictionary<SeriesKey, NumberedSeries> series = [];
    private readonly Dictionary<(Duty Duty, string Area), ReportedPlace> places = [];
    private readonly Dictionary<FigureKey, (int Place, StatedContent Content)> stated = [];
    private int appended;

    public int Recorded { get; private set; }

    public int Repeated { get; private set; }

    /// <summary>Duties, periods and areas of which something new was recorded.</summary>
    public IEnumerable<(Duty Duty, int Period, string Area)> Reported =>
        places.Values.SelectMany(place => place.Periods.Select(period => (place.Duty, period, place.Area)));

    /// <summary>Those of the figures' series that <see cref="Add"/> has not been told of, each once.</summary>
    public List<SeriesKey> WithoutNumber(IReadOnlyList<ReportedFigure> figures)
    {
        var unknown = new HashSet<SeriesKey>();
        SeriesKey? last = null;
        foreach (var figure in figures)
        {
            if (figure.Series == last)
                continue;
            last = figure.Series;
            if (!series.ContainsKey(last))
                unknown.Add(last);
        }
        return [.. unknown];
    }

    public void Add(SeriesKey key, int id, bool isNew)
    {
        var duty = new Duty(key.Set, key.Indicator, key.Frequency);
        if (!places.TryGetValue((duty, key.Area), out var place))
            places.Add((duty, key.Area), place = new(duty, key.Area));
        series.Add(key, new(id, isNew, place));
    }

    /// <summary>The figures that this report states for the first time, in the order of their keys; for the others <paramref name="outcomes"/> is filled in.</summary>
    public List<FirstStatement> Take(IReadOnlyList<ReportedFigure> figures, AppendOutcome[] outcomes)
    {
        var first = new List<FirstStatement>(figures.Count);
        SeriesKey? last = null;
        NumberedSeries? of = null;
        for (var i = 0; i < figures.Count; i++)
        {
            var figure = figures[i];
            if (of is null || figure.Series != last)
                (last, of) = (figure.Series, series[figure.Series]);
            var key = new FigureKey(of.Id, figure.Period, figure.Vintage);
            var content = new StatedContent(StoredValue.Digits(figure.Value), figure.Value.Text, figure.Status, figure.Note);
            if (stated.TryAdd(key, (appended++, content)))
                first.Add(new(key, of, i, content));
            else
                outcomes[i] = Again(stated[key].Content, content);
        }
        first.Sort((one, other) => FigureKey.Compare(one.Key, other.Key));
        return first;
    }

    public void Count(FirstStatement statement, AppendOutcome outcome)
    {
        if (outcome == AppendOutcome.Repeated)
        {
            Repeated++;
            return;
        }
        Recorded++;
        statement.Series.Place.Periods.Add(statement.Key.Period.Index);
    }

    /// <summary>Null where it stated nothing of the figure.</summary>
    public EarlierStatement? Find(SeriesKey key, Period period, Vintage vintage) =>
        series.TryGetValue(key, out var of) && stated.TryGetValue(new(of.Id, period, vintage), out var found)
            ? new(found.Place, StoredValue.Read(found.Content.Number, found.Content.Text), found.Content.Status)
            : null;

    private AppendOutcome Again(StatedContent before, StatedContent content)
    {
        if (!before.SaysTheSameAs(content))
            return AppendOutcome.Contradicted;
        Repeated++;
        return AppendOutcome.Repeated;
    }
}
