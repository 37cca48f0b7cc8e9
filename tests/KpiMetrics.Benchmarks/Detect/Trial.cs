using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Benchmarks.Detect;

/// <summary>Cases of all kinds, judged by us and by the peers. One figure in eleven is wrong.</summary>
internal sealed class Trial
{
    private const int CleanPerWrong = 10;

    private readonly Dictionary<DetectorKind, List<DetectCase>> wrong = [];
    private readonly Dictionary<DetectorKind, List<DetectCase>> clean = [];
    private readonly Dictionary<DetectCase, DetectorKind?> ours = new(ReferenceEqualityComparer.Instance);

    private Trial() { }

    public static Trial Of(int seed, int perKind, Variation variation)
    {
        var trial = new Trial();
        foreach (var kind in CaseMaker.Kinds)
        {
            var random = new Random(seed * 100 + (int)kind);
            trial.wrong[kind] = [.. Enumerable.Range(0, perKind).Select(_ => CaseMaker.Wrong(random, kind, variation))];
            trial.clean[kind] =
            [
                .. Enumerable.Range(0, perKind * CleanPerWrong).Select(_ => CaseMaker.Clean(random, kind, variation)),
            ];
        }
        foreach (var made in trial.wrong.Values.Concat(trial.clean.Values).SelectMany(cases => cases))
            trial.ours[made] = (FigureTest.Of(made.Figure) as Suspicious)?.Detection.Kind;
        return trial;
    }

    public int Clean => clean.Values.Sum(cases => cases.Count);

    public int FalseAlarms => clean.Values.Sum(cases => cases.Count(made => ours[made] is not null));

    /// <summary>Only a figure called by the right name counts as found; one called so that is of another kind, or nothing, as wrong.</summary>
    public Counted Named(DetectorKind kind)
    {
        var found = wrong[kind].Count(made => ours[made] == kind);
        var misnamed = wrong.Where(other => other.Key != kind).Sum(other => other.Value.Count(made => ours[made] == kind));
        return new(found, misnamed + clean[kind].Count(made => ours[made] == kind), wrong[kind].Count - found);
    }

    /// <summary>Whatever it was called.</summary>
    public Counted Flagged(DetectorKind kind) => Count(kind, made => ours[made] is not null);

    public Counted Flagged(DetectorKind kind, TextbookPeer peer) => Count(kind, peer.Flags);

    public Counted Flagged() => Sum(CaseMaker.Kinds.Select(Flagged));

    public Counted Named() => Sum(CaseMaker.Kinds.Select(Named));

    public Counted Flagged(TextbookPeer peer) => Sum(CaseMaker.Kinds.Select(kind => Flagged(kind, peer)));

    public double FalseAlarmsOf(TextbookPeer peer) => (double)clean.Values.Sum(cases => cases.Count(peer.Flags)) / Clean;

    /// <summary>What the wrong figures of a kind were called.</summary>
    public IEnumerable<(DetectorKind? Name, int Count)> NamesOf(DetectorKind kind) =>
        wrong[kind]
            .GroupBy(made => ours[made])
            .Select(group => (group.Key, Count: group.Count()))
            .OrderByDescending(name => name.Count);

    private Counted Count(DetectorKind kind, Func<DetectCase, bool> flags)
    {
        var found = wrong[kind].Count(flags);
        return new(found, clean[kind].Count(flags), wrong[kind].Count - found);
    }

    private static Counted Sum(IEnumerable<Counted> all) =>
        all.Aggregate(default(Counted), (sum, one) => new(sum.Found + one.Found, sum.Wrong + one.Wrong, sum.Missed + one.Missed));
}
