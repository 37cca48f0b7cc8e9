using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Thresholds;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>One level of one series by what is known now: what of it is to be told, and what closes its alerts.</summary>
internal sealed class LevelLook(WatchedSeries series, Threshold threshold, LevelHistory history)
{
    /// <summary>For how long a level that was up unnoticed is told, from when that is known.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromHours(1);

    // Hours that come one after the other within it may all lie between two looks.
    private static readonly TimeSpan Glimpse = TimeSpan.FromMinutes(1);

    public LevelKey Key { get; } = series.KeyOf(threshold, history.Level);

    /// <summary>Null where the level is not up.</summary>
    public Concern? Concern => history.Open is { } open ? ConcernOf(Key, TransitionKind.Raised, open) : null;

    // Only the last one: what is told is what came of it.
    private Crossing? Over => history.Crossings.LastOrDefault(crossing => !crossing.IsOpen);

    /// <summary>Something of the last time that it was up and is over came so late that it may have to be told for itself.</summary>
    public bool MayBeMissed(DateTimeOffset at) =>
        Over is { } over && NewestOf(FiguresOf(over)) is { } newest && newest > at - Told;

    /// <param name="alert">That of <see cref="Key"/>, which tells of the level while it is up; null: there never was one.</param>
    public Concern? Missed(Alert? alert, DateTimeOffset at)
    {
        if (Over is not { } over || KnownSince(over) is not { } known || known.Over <= at - Told || IsTold(alert, over, known))
            return null;
        return ConcernOf(Key with { IsMissed = true }, TransitionKind.Missed, over);
    }

    /// <summary>What closes an open alert of the level by figures; null where it is up, and where there is nothing to go by.</summary>
    /// <param name="isMissed">It tells of a time that was over already.</param>
    public Evidence? EvidenceFor(Alert alert, bool isMissed)
    {
        if (alert.Concern.Period is not { } since || NewestOf(series.Figures) is not { } newest)
            return null;
        if (history.Open is { } open)
            return isMissed ? new(newest, Sentence(TransitionKind.Raised, open)) : null;
        var ended = history.Crossings.Where(crossing => crossing.Until > since).ToList();
        if (ended.Count > 0)
        {
            var over = isMissed ? ended[0] : ended[^1];
            var came = NewestOf(series.Figures.Where(figure => figure.Period >= over.Until)) ?? newest;
            return new(came, Sentence(TransitionKind.Resolved, over));
        }
        // As it was told: by what is known now it never was.
        var told = HistoryAt(series.Figures, Opened(alert), null)
            .Crossings.LastOrDefault(crossing => crossing.IsOpen || crossing.Until > since);
        return new(
            newest,
            told is null
                ? "Theo số liệu và ngưỡng hiện nay thì không vượt: số liệu hoặc ngưỡng đã được sửa"
                : Sentence(TransitionKind.Withdrawn, told)
        );
    }

    // Whether the alert of the level told of it while it was up.
    private static bool IsTold(Alert? alert, Crossing over, (DateTimeOffset Up, DateTimeOffset Over) known)
    {
        if (alert is null)
            return false;
        if (alert.Concern.Period >= over.Until || Opened(alert) > known.Over)
            return known.Over - known.Up >= Glimpse; // it has told of a later one since
        return !(alert.ResolvedAt < known.Up);
    }

    private static DateTimeOffset Opened(Alert alert) => alert.CountsFrom > alert.FiredAt ? alert.CountsFrom : alert.FiredAt;

    // By when each statement came: since when it was known that the level was up, and that it was over; null where that changes all the time.
    private (DateTimeOffset Up, DateTimeOffset Over)? KnownSince(Crossing over)
    {
        var figures = FiguresOf(over);
        DateTimeOffset? up = null;
        DateTimeOffset? ended = null;
        foreach (var instant in figures.SelectMany(Receipts).Distinct().Order())
        {
            var same = HistoryAt(figures, instant, over.Since).Crossings.LastOrDefault(crossing => crossing.Overlaps(over));
            up = same is null ? null : up ?? instant;
            ended = same is { IsOpen: false } ? ended ?? instant : null;
        }
        return up is { } began && ended is { } end ? (began, end) : null;
    }

    private LevelHistory HistoryAt(IEnumerable<Figure> figures, DateTimeOffset instant, Period? from) =>
        ThresholdReplay
            .Of(threshold, HourlyReadings.KnownAt(figures, instant), from)
            .Levels.First(level => level.Level == history.Level);

    private List<Figure> FiguresOf(Crossing over)
    {
        var first = over.Since.Index - threshold.HoursBefore;
        return [.. series.Figures.Where(figure => figure.Period.Index >= first && figure.Period <= over.Until)];
    }

    private static DateTimeOffset? NewestOf(IEnumerable<Figure> figures) =>
        figures.SelectMany(Receipts).Select(instant => (DateTimeOffset?)instant).Max();

    private static IEnumerable<DateTimeOffset> Receipts(Figure figure) =>
        figure.Earlier.Append(figure.Current).Select(statement => statement.ReceivedAt);

    private Concern ConcernOf(LevelKey key, TransitionKind kind, Crossing crossing) =>
        series.ConcernOf(key, new(kind, threshold, history.Level, crossing));

    private string Sentence(TransitionKind kind, Crossing crossing) =>
        series.Words(threshold).Sentence(new Transition(kind, threshold, history.Level, crossing));
}
