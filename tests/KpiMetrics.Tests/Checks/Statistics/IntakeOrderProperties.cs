using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Checks.Statistics;

namespace KpiMetrics.Tests.Checks.Statistics;

/// <summary>In whatever order a year's figures come, and whenever between them it is checked, at the end the same is suspected.</summary>
public sealed class IntakeOrderProperties
{
    private const string History = "2024-12";
    private const int Months = 12;

    private static readonly decimal[] Errors = [1000m, 0.001m, 10m, 2m, 0.5m, 1.6m, 0.61m];
    private static readonly Period First = Period.Parse("2025-01");

    // Where in the year's figures something is wrong, and the order: sixteen parts, after each of which the set, the touched series or nothing is checked.
    private static readonly Gen<((int At, decimal Factor)[] Wrong, int Seed)> Cases =
        from count in Gen.Choose(0, 5)
        from at in Gen.Choose(0, (Months * Communes.Codes.Length) - 1).ArrayOf(count)
        from factors in Gen.Elements(Errors).ArrayOf(count)
        from seed in Gen.Choose(0, 1_000_000)
        select (at.Zip(factors).DistinctBy(one => one.First).ToArray(), seed);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Suspicions_InAnyOrderOfIntake_AreTheSame() =>
        Prop.ForAll(
                Cases.ToArbitrary(),
                given =>
                {
                    var lines = Year(given.Wrong);
                    var atOnce = Find([lines], null);
                    var random = new Random(given.Seed);
                    random.Shuffle(lines);
                    var parts = lines.Chunk(6).ToArray();
                    var shuffled = Find(parts, random);
                    return (atOnce == shuffled).Label($"at once:\n{atOnce}\nin parts:\n{shuffled}");
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12));

    private static string[] Year((int At, decimal Factor)[] wrong)
    {
        var lines = Communes.Lines("2025-01", "2025-12").ToArray();
        foreach (var (at, factor) in wrong)
        {
            var (code, month) = (Communes.Codes[at / Months], First.Shift(at % Months));
            lines[at] = Communes.Wrong(code, month.ToString(), factor);
        }
        return lines;
    }

    private static string Find(string[][] parts, Random? random) =>
        Task.Run(async () =>
            {
                using var world = await CheckWorld.CreateAsync(Communes.Change, Communes.Lines("2022-01", History));
                var stage = new CheckStage(world.Catalog, world.Ledger, world.Ledger, world.Ledger, "rules", TimeSpan.Zero);
                var touched = new TouchedChecks(world.Catalog, world.Ledger, world.Ledger, world.Ledger);
                foreach (var part in parts)
                {
                    await world.ReportAsync("forms", CheckWorld.Noon, part);
                    var series = part.Select(line => world.Key("A02.01", line.Split(' ')[1], Frequency.Month));
                    if (random?.Next(3) is 0)
                        await stage.RunAsync("xa", () => CheckWorld.Noon, null, Token);
                    else if (random?.Next(2) is 0)
                        await touched.RunAsync("xa", series.ToHashSet(), CheckWorld.Noon, null, Token);
                }
                await stage.RunAsync("xa", () => CheckWorld.Noon, null, Token);
                var found = new List<string>();
                await foreach (var one in world.Ledger.ReadFindingsAsync("xa", onlyFiring: true, Token))
                    found.Add($"{one.Code} {one.Series.Area} {one.Period} {one.Sentence}");
                return string.Join('\n', found);
            })
            .GetAwaiter()
            .GetResult();
}
