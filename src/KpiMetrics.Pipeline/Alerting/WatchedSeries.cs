using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Thresholds;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>One hourly series that thresholds stand on, with its figures as far back as it is looked at.</summary>
internal sealed class WatchedSeries
{
    private readonly SeriesKey key;
    private readonly Indicator indicator;
    private readonly Measure measure;
    private readonly Area area;
    private readonly Period from;
    private readonly TimeZoneInfo zone;

    /// <param name="figures">In order; also of the hours before <paramref name="from"/> that its windows reach into.</param>
    /// <param name="from">No level is taken to be up before.</param>
    public WatchedSeries(
        SeriesKey key,
        (Indicator Indicator, Measure Measure) of,
        Area area,
        IReadOnlyList<Figure> figures,
        Period from,
        TimeZoneInfo zone
    )
    {
        (this.key, this.area, this.from, this.zone) = (key, area, from, zone);
        (indicator, measure) = of;
        Figures = figures;
    }

    public IReadOnlyList<Figure> Figures { get; }

    /// <summary>Every level that holds for it, as it stands by what is known now.</summary>
    public IEnumerable<LevelLook> Looks()
    {
        var readings = ReadingsOf(Figures);
        foreach (var threshold in SeriesThresholds.For(measure, area, key.Subject))
        {
            foreach (var history in ThresholdReplay.Of(threshold, readings, from).Levels)
                yield return new(this, threshold, history);
        }
    }

    /// <summary>The names of the levels that hold for a series.</summary>
    public static IEnumerable<LevelKey> LevelsOf(SeriesKey series, Measure measure, Area area) =>
        from threshold in SeriesThresholds.For(measure, area, series.Subject)
        from level in threshold.Levels
        select new LevelKey(series.Set, series.Measure, series.Subject, series.Area, threshold.Code, level.Code);

    public LevelKey KeyOf(Threshold threshold, ThresholdLevel level) =>
        new(key.Set, key.Measure, key.Subject, key.Area, threshold.Code, level.Code);

    public ThresholdVietnamese Words(Threshold threshold) => ThresholdVietnamese.For(measure, threshold, PlaceOf(threshold));

    /// <summary>What somebody must act on, in the words of the transition.</summary>
    public Concern ConcernOf(LevelKey level, Transition transition) =>
        new(
            AlertKeys.OfLevel(level),
            AlertKind.Threshold,
            SeverityOf(transition.Level.Severity),
            Words(transition.Threshold).Sentence(transition),
            Windows.Of(transition.Crossing.Since, WindowRule.Calendar).OpensAt(zone),
            key.Set
        )
        {
            Indicator = indicator.Code,
            Measure = measure.Code,
            Period = transition.Crossing.Since,
            Area = key.Area,
            Agency = measure.Agency ?? indicator.Agency,
        };

    public static HourlyReadings ReadingsOf(IEnumerable<Figure> figures) =>
        HourlyReadings.Of(
            from figure in figures
            let number = figure.Current.Value.Number
            where number is not null
            select new Reading(figure.Period, number.GetValueOrDefault())
        );

    private static AlertSeverity SeverityOf(ThresholdSeverity severity) =>
        severity switch
        {
            ThresholdSeverity.Critical => AlertSeverity.Critical,
            ThresholdSeverity.Warning => AlertSeverity.Warning,
            _ => AlertSeverity.Info,
        };

    // A threshold of one line of the breakdown says itself what is measured; one of several is of stations.
    private string PlaceOf(Threshold threshold)
    {
        if (key.Subject.Length == 0 || threshold.Subjects.Count == 1)
            return area.FullName;
        var line = measure.Subjects.FirstOrDefault(subject => subject.Code == key.Subject)?.Name ?? key.Subject;
        return $"{line}, {area.FullName}";
    }
}
