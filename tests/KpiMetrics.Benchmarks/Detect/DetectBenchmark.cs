using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Benchmarks.Detect;

/// <summary>Detectors beside the textbook, by kind of error, on made series; how they stand other series; what a test costs.</summary>
internal static class DetectBenchmark
{
    private const int Seed = 20_250_701;
    private const double LeastF1 = 0.8;
    private const double LeastOfAll = 0.85;

    // Of series of 8 to 24 figures; no kind has a floor of its own there.
    private const double LeastShort = 0.7;

    // The best peer lies at least so much below what we flag.
    private const double LeastLead = 0.2;
    private const double MostFalseAlarms = 1 / 200.0;

    private static readonly Variation Usual = new("as in the table");
    private static readonly Variation Short = new("8 to 24 figures", Short: true);

    private static readonly Variation[] Others =
    [
        Usual,
        new("noise 1 to 3 %", 0.01, 0.03),
        new("noise 10 to 20 %", 0.10, 0.20),
        new("noise 20 to 40 %", 0.20, 0.40),
        new("no season", Season: 0),
        new("season twice as strong", Season: 2),
        new("trend three times as strong", Trend: 3),
        Short,
    ];

    /// <summary>False where a target is missed.</summary>
    public static bool Run(int perKind = 300)
    {
        Line($"series of 24 to 60 figures, of quarters 12 to 40");
        var isMet = Table(Trial.Of(Seed, perKind, Usual), LeastF1, LeastOfAll);
        Line($"series of 8 to 24 figures, of quarters 8 to 15");
        isMet &= Table(Trial.Of(Seed, perKind, Short), 0, LeastShort);
        Robustness(perKind / 3);
        CleanByShape(perKind * 10);
        Cost();
        return isMet;
    }

    /// <param name="least">F1 of each kind, at least.</param>
    /// <param name="leastOfAll">F1 of all kinds together, at least.</param>
    private static bool Table(Trial trial, double least, double leastOfAll)
    {
        Line($"{trial.Clean:N0} clean figures, one wrong for every ten; found means named rightly, for the peers flagged at all");
        Line($"");
        Line($"{"kind", -22}{"precision", 10}{"recall", 8}{"F1", 7}{"flagged F1", 12}{"best peer F1", 14}  best peer");
        var isMet = true;
        foreach (var kind in CaseMaker.Kinds)
        {
            var ours = trial.Named(kind);
            var best = TextbookPeer.All.MaxBy(peer => trial.Flagged(kind, peer).F1)!; // there are peers
            Line(
                $"{kind.Code(), -22}{ours.Precision, 10:0.00}{ours.Recall, 8:0.00}{ours.F1, 7:0.00}{trial.Flagged(kind).F1, 12:0.00}{trial.Flagged(kind, best).F1, 14:0.00}  {best.Name}{(ours.F1 < least ? "  MISSED" : "")}"
            );
            isMet &= ours.F1 >= least;
        }
        Line($"");
        Line($"{"all kinds", -58}{"precision", 10}{"recall", 8}{"F1", 7}{"false alarms", 14}");
        var alarms = (double)trial.FalseAlarms / trial.Clean;
        Row("KpiMetrics, named rightly", trial.Named(), alarms);
        Row("KpiMetrics, flagged", trial.Flagged(), alarms);
        foreach (var peer in TextbookPeer.All)
            Row(peer.Name, trial.Flagged(peer), trial.FalseAlarmsOf(peer));
        Line($"");
        isMet &= Targets(trial, leastOfAll, alarms);
        Line($"");
        Line($"what the wrong figures were called:");
        foreach (var kind in CaseMaker.Kinds)
        {
            var names = trial.NamesOf(kind).Select(name => Invariant($"{name.Name?.Code() ?? "nothing"} {name.Count}"));
            Line($"  {kind.Code(), -22}{string.Join(", ", names)}");
        }
        Line($"");
        return isMet;
    }

    private static bool Targets(Trial trial, double leastOfAll, double alarms)
    {
        var (named, lead) = (trial.Named().F1, trial.Flagged().F1 - TextbookPeer.All.Max(peer => trial.Flagged(peer).F1));
        Line($"target F1 of all kinds at least {leastOfAll:0.00}: {named:0.00}, {Met(named >= leastOfAll)}");
        Line($"target best peer at least {LeastLead:0.00} below: {lead:0.00}, {Met(lead >= LeastLead)}");
        Line(
            $"target false alarms below 1 in 200: 1 in {(alarms > 0 ? 1 / alarms : double.PositiveInfinity):0}, {Met(alarms < MostFalseAlarms)}"
        );
        return named >= leastOfAll && lead >= LeastLead && alarms < MostFalseAlarms;

        static string Met(bool isMet) => isMet ? "met" : "MISSED";
    }

    private static void Row(string name, Counted counted, double alarms) =>
        Line($"{name, -58}{counted.Precision, 10:0.00}{counted.Recall, 8:0.00}{counted.F1, 7:0.00}{alarms, 13:0.0%}");

    private static void Robustness(int perKind)
    {
        Line($"{"other series, another seed", -30}{"named F1", 10}{"flagged F1", 12}{"false alarms", 14}{"best peer F1", 14}");
        foreach (var variation in Others)
        {
            var trial = Trial.Of(Seed + 1, perKind, variation);
            var best = TextbookPeer.All.Max(peer => trial.Flagged(peer).F1);
            Line(
                $"{variation.Name, -30}{trial.Named().F1, 10:0.00}{trial.Flagged().F1, 12:0.00}{(double)trial.FalseAlarms / trial.Clean, 13:0.00%}{best, 14:0.00}"
            );
        }
        Line($"");
    }

    private static void CleanByShape(int count)
    {
        Line($"{Invariant($"false alarms by shape, {count:N0} clean figures each"), -50}{"KpiMetrics", 12}{"mean +- 2 sd", 14}");
        foreach (var shape in Enum.GetValues<Shape>())
        {
            var random = new Random(Seed + 2 + (int)shape);
            var cases = Enumerable
                .Range(0, count)
                .Select(_ => CaseMaker.Clean(random, shape, DetectorKind.Outlier, Usual))
                .ToList();
            var ours = cases.Count(made => FigureTest.Of(made.Figure) is Suspicious);
            var peer = cases.Count(TextbookPeer.All[4].Flags);
            Line($"  {shape, -48}{(double)ours / count, 12:0.00%}{(double)peer / count, 14:0.00%}");
        }
        Line($"");
    }

    private static void Cost()
    {
        var random = new Random(Seed);
        var cases = Enumerable
            .Range(0, 2_000)
            .Select(_ => CaseMaker.Clean(random, Shape.Monthly, DetectorKind.Outlier, Usual).Figure)
            .ToList();
        var best = double.MaxValue;
        var bytes = 0L;
        for (var turn = 0; turn < 20; turn++)
        {
            var (start, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            foreach (var figure in cases)
                FigureTest.Of(figure);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Line(
            $"one test of a monthly series of 24 to 60 figures, best of 20 turns, one thread: {best / cases.Count:0.0} microseconds, {bytes / cases.Count} bytes"
        );
    }

    private static void Line(FormattableString text) => Console.WriteLine(Invariant(text));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
