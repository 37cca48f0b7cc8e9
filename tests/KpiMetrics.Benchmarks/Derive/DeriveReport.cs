using System.Globalization;

namespace KpiMetrics.Benchmarks.Derive;

/// <summary>What the benchmark prints: who agrees with whom, then one table of rates and ratios.</summary>
internal static class DeriveReport
{
    private const double AgainstPostgres = 10;
    private const double AgainstLoop = 1 / 3.0;

    private static readonly string Notes = $"""
        KpiMetrics          gap-safe; any frequency and kind; says why a value is absent; coverage of ytd
        KpiMetrics, figure by figure: the same from what the ledger gives, as an object for each figure: what export and publishing read
        bare loop           gap-safe; months only, from a January, in dense arrays used again for every series; no reasons, no coverage, no checks
        PostgreSQL, lag     lag(12) counts rows, not periods: after a gap it compares with another month. Shown, but not what is asked for
        PostgreSQL, RANGE frames and self joins: gap-safe; no reasons, no coverage. The faster of them is the peer
                            (lag with a check of its period, one sort instead of two, the year as a column: tried, 6 % faster at best)
        rows read           every derived row fetched into C# by Npgsql; kept on the server: only counted there, one row comes back
        PostgreSQL runs with {string.Join(
            ", ",
            PostgresPeer.Settings
        )}; the table is loaded in order, its key's index holds the values
        One thread each (PostgreSQL does not spread window functions over several).
        """;

    public static void Print(DeriveData data, List<Agreement> agreements)
    {
        Line(
            $"derivations pop, yoy, ytd, ytd_yoy: {data.Figures:N0} figures of {DeriveData.Series:N0} monthly series x {DeriveData.Months} months, 5 % missing"
        );
        Line($"");
        Line(
            $"{"values other than the bare loop's (to 1e-9)", -58}{string.Concat(DerivedRow.Names.Select(name => $"{name, 12}"))}"
        );
        foreach (var agreement in agreements)
        {
            var counts = Enumerable
                .Range(0, DerivedRow.Names.Length)
                .Select(derivation => Invariant($"{agreement.Others(derivation):N0}"));
            Line(
                $"  {agreement.Name, -56}{string.Concat(counts.Select(count => $"{count, 12}"))}{(agreement.Holds ? "" : "  WRONG")}"
            );
        }
    }

    public static void Print(DeriveData data, List<Contender> contenders, int turns)
    {
        var ours = Best(contenders, Peer.Ourselves);
        Line($"");
        Line($"{$"best of {turns} turns", -58}{"ms", 12}{"figures/s", 14}{"KpiMetrics is", 16}");
        foreach (var contender in contenders)
        {
            var seconds = contender.BestSeconds;
            Line($"  {contender.Name, -56}{seconds * 1000, 12:N0}{data.Figures / seconds, 14:N0}{Times(contender, ours), 16}");
        }
        Line($"");
        Verdict("PostgreSQL", AgainstPostgres, contenders, Peer.PostgresGapSafe);
        Verdict("the bare loop", AgainstLoop, contenders, Peer.BareLoop);
        Line($"");
        Console.WriteLine(Notes);
    }

    private static void Verdict(string peer, double target, List<Contender> contenders, Peer which)
    {
        if (Best(contenders, which) is not { } best || Best(contenders, Peer.Ourselves) is not { } ours)
        {
            Line($"target {target:0.00} x {peer}: not measured");
            return;
        }
        var ratio = best.BestSeconds / ours.BestSeconds;
        Line($"target {target:0.00} x {peer}: {ratio:0.00} x ({best.Name}), {(ratio >= target ? "met" : "MISSED")}");
    }

    private static Contender? Best(List<Contender> contenders, Peer peer) =>
        contenders.Where(contender => contender.Peer == peer).MinBy(contender => contender.BestSeconds);

    private static string Times(Contender contender, Contender? ours) =>
        ours is null || contender == ours ? "" : Invariant($"{contender.BestSeconds / ours.BestSeconds:0.00} x as fast");

    private static void Line(FormattableString text) => Console.WriteLine(Invariant(text));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
