using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.Benchmarks.Derive;

/// <summary>pop, yoy, ytd and ytd_yoy of 25,000 monthly series of 36 months beside a bare loop and PostgreSQL, in one run (DESIGN 10).</summary>
internal static class DeriveBenchmark
{
    private const int Turns = 5;

    /// <summary>False where somebody derives other values than the bare loop: then nothing is timed.</summary>
    public static async Task<bool> RunAsync()
    {
        var data = DeriveData.Make();
        if (PostgresServer.Find() is not { } programs)
        {
            Console.WriteLine(
                $"No PostgreSQL here (apt-get install postgresql, or name its bin folder in {PostgresServer.Variable})."
            );
            return await CompareAsync(data, null);
        }
        await using var postgres = await PostgresPeer.StartAsync(programs, data);
        Console.WriteLine($"PostgreSQL {postgres.Version} of {programs}");
        return await CompareAsync(data, postgres);
    }

    private static async Task<bool> CompareAsync(DeriveData data, PostgresPeer? postgres)
    {
        var agreements = await AgreeAsync(data, postgres);
        DeriveReport.Print(data, agreements);
        if (!agreements.TrueForAll(agreement => agreement.Holds))
            return false;
        var contenders = Contenders(data, postgres);
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var contender in contenders)
                await contender.TakeTurnAsync();
        }
        DeriveReport.Print(data, contenders, Turns);
        return true;
    }

    private static async Task<List<Agreement>> AgreeAsync(DeriveData data, PostgresPeer? postgres)
    {
        var (loop, ours) = (new BareLoop(), new OurDerivations());
        var expected = new DerivedRow?[DeriveData.Series * DeriveData.Months];
        var own = new Agreement("KpiMetrics", expected);
        for (var series = 0; series < DeriveData.Series; series++)
        {
            loop.Derive(data.Dense[series]);
            ours.Derive(data.Columns[series]);
            var position = 0;
            for (var month = 0; month < DeriveData.Months; month++)
            {
                if (!data.Dense[series].Present[month])
                    continue;
                expected[series * DeriveData.Months + month] = loop.RowAt(month);
                own.Take(series, month, ours.RowAt(position++));
            }
        }
        List<Agreement> agreements = [own, AgreeAsFigures(data, expected)];
        foreach (var query in postgres is null ? [] : WindowQuery.All)
        {
            var theirs = new Agreement($"PostgreSQL, {query.Name}", expected, wrongAtGaps: !query.GapSafe);
            await postgres!.ReadAsync(query, theirs.Take); // there is no query without a server
            agreements.Add(theirs);
        }
        return agreements;
    }

    private static Agreement AgreeAsFigures(DeriveData data, DerivedRow?[] expected)
    {
        var agreement = new Agreement("KpiMetrics, figure by figure", expected);
        for (var series = 0; series < DeriveData.Series; series++)
        {
            foreach (
                var row in SeriesDerivation.Derive(
                    OurDerivations.Flow,
                    Frequency.Month,
                    OurDerivations.AsFigures(data.Columns[series])
                )
            )
            {
                agreement.Take(
                    series,
                    row.Figure.Period.Index - DeriveData.First,
                    new(row.Pop.Value, row.Yoy.Value, row.Ytd.Total.Value, row.YtdYoy.Value)
                );
            }
        }
        return agreement;
    }

    private static List<Contender> Contenders(DeriveData data, PostgresPeer? postgres)
    {
        var (loop, ours) = (new BareLoop(), new OurDerivations());
        var figures = Array.ConvertAll(data.Columns, OurDerivations.AsFigures);
        List<Contender> contenders =
        [
            new("KpiMetrics", Peer.Ourselves, () => Each(data.Columns, ours.Derive)),
            new("KpiMetrics, figure by figure", Peer.OurFigures, () => Each(figures, OurDerivations.DeriveFigures)),
            new("bare loop over arrays of decimals", Peer.BareLoop, () => Each(data.Dense, loop.Derive)),
        ];
        if (postgres is null)
            return contenders;
        foreach (var query in WindowQuery.All)
        {
            var (name, peer) = query.GapSafe
                ? ($"PostgreSQL, {query.Name}", Peer.PostgresGapSafe)
                : ($"PostgreSQL, {query.Name} (wrong at gaps)", Peer.PostgresWrongAtGaps);
            contenders.Add(new($"{name}, rows read", peer, () => postgres.ReadAsync(query, static (_, _, _) => { })));
            contenders.Add(new($"{name}, kept on the server", peer, () => postgres.CountAsync(query)));
        }
        return contenders;
    }

    private static Task Each<T>(T[] all, Action<T> derive)
    {
        foreach (var series in all)
            derive(series);
        return Task.CompletedTask;
    }
}
