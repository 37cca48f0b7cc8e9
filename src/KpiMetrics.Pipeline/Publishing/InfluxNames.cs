using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Every measurement, tag and field of InfluxDB; no other file spells them.</summary>
public static class InfluxNames
{
    /// <summary>The measurement of figures and what is derived from them.</summary>
    public const string Kpi = "kpi";

    public const string Set = "set";
    public const string Indicator = "indicator";
    public const string Measure = "measure";
    public const string Subject = "subject";
    public const string Area = "area";

    /// <summary>The SDMX letter of the frequency.</summary>
    public const string Freq = "freq";

    public const string Value = "value";
    public const string Pop = "pop";
    public const string Yoy = "yoy";
    public const string Ytd = "ytd";

    public const string YtdYoy = "ytd_yoy";
    public const string Plan = "plan";

    /// <summary>How much of <see cref="Ytd"/>, or of the parts of a computed <see cref="Value"/>, is there: 0..1.</summary>
    public const string Coverage = "coverage";

    /// <summary>The bulletin of a measure that is no number; the only field that is a string.</summary>
    public const string Text = "text";

    /// <summary>1 where the figure is made up for the demo; no other point has it.</summary>
    public const string Demo = "demo";

    /// <summary>The measurement of the engine's own figures: one point a worker and half minute.</summary>
    public const string Engine = "kpi_engine";

    /// <summary>The tag of <see cref="Engine"/>.</summary>
    public const string Worker = "worker";

    /// <summary>Changed figures not yet published.</summary>
    public const string Waiting = "waiting";

    /// <summary>Seconds that the oldest of them waits.</summary>
    public const string Lag = "lag";

    /// <summary>Points that InfluxDB would not take.</summary>
    public const string Refused = "refused";

    /// <summary>Obligations past due and incomplete.</summary>
    public const string Overdue = "overdue";

    /// <summary>Obligations past grace and incomplete.</summary>
    public const string Missing = "missing";

    /// <summary>Sources whose last answers failed.</summary>
    public const string Failing = "failing";

    /// <summary>Bytes that the worker's process holds.</summary>
    public const string Memory = "memory";

    /// <summary>The fields of <see cref="Engine"/>, all numbers.</summary>
    public static IReadOnlyList<string> EngineFields { get; } = [Waiting, Lag, Refused, Overdue, Missing, Failing, Memory];

    /// <summary>
    /// The subject of a measure that is one figure: SDMX's code for the total. A point always has all tags, so that all of them
    /// can name it when it is deleted; not every store knows how to ask for a tag that is absent.
    /// </summary>
    public const string NoSubject = "_T";

    /// <summary>The tags that every point has, in order.</summary>
    public static IReadOnlyList<string> Tags { get; } = [Area, Freq, Indicator, Measure, Set, Subject];

    /// <summary>The fields that are numbers.</summary>
    public static IReadOnlyList<string> Numbers { get; } = [Value, Pop, Yoy, Ytd, YtdYoy, Plan, Coverage, Demo];

    /// <summary>The field of that name; none where it is not ours.</summary>
    public static PointFields FieldOf(string name) =>
        name switch
        {
            Value => PointFields.Value,
            Pop => PointFields.Pop,
            Yoy => PointFields.Yoy,
            Ytd => PointFields.Ytd,
            YtdYoy => PointFields.YtdYoy,
            Plan => PointFields.Plan,
            Coverage => PointFields.Coverage,
            Text => PointFields.Text,
            Demo => PointFields.Demo,
            _ => PointFields.None,
        };

    /// <summary>The series that has exactly these tags; null where no series of ours could.</summary>
    public static SeriesKey? KeyOf(IReadOnlyDictionary<string, string> tags) =>
        tags.Count(tag => tag.Value.Length > 0) == Tags.Count
        && Tags.All(tag => tags.GetValueOrDefault(tag) is { Length: > 0 })
        && FrequencyCode.TryParse(tags[Freq], out var frequency)
        && frequency.Code() == tags[Freq]
            ? new(
                tags[Set],
                tags[Indicator],
                tags[Measure],
                tags[Subject] == NoSubject ? "" : tags[Subject],
                tags[Area],
                frequency
            )
            : null;

    /// <summary>The tags of a series' points, in the order in which they are sent.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> TagsOf(SeriesKey key) =>
        [
            new(Area, key.Area),
            new(Freq, key.Frequency.Code()),
            new(Indicator, key.Indicator),
            new(Measure, key.Measure),
            new(Set, key.Set),
            new(Subject, key.Subject.Length == 0 ? NoSubject : key.Subject),
        ];
}
