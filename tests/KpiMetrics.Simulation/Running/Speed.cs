using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Running;

/// <summary>Measures what obligations cost: creating a day's, intake with and without them, a tick that finds nothing to do.</summary>
internal sealed class Speed(SimulatedWorld world, TextWriter output)
{
    private const int Rounds = 3;
    private const int Days = 6;
    private const int Ticks = 2000;

    private static readonly DateTimeOffset At = LocalTime.At(2026, 1, 12, 8);
    private static readonly Period First = Period.Parse("2026-01-05");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var reports = await ReportsAsync(cancellationToken);
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var withObligations in (bool[])[false, true])
                await RoundAsync(round, withObligations, reports, cancellationToken);
        }
    }

    private async Task RoundAsync(int round, bool with, List<IReadOnlyList<RawRow>> reports, CancellationToken cancellationToken)
    {
        var ledger = new SqliteLedger(Path.Combine(world.Folder, $"speed-{round}-{with}.db"));
        await ledger.MigrateAsync(At, cancellationToken);
        var intake = new ReportIntake(world.Catalog, ledger, LocalTime.Zone);
        if (with)
        {
            var stage = new ObligationStage(world.Catalog, "speed", null, ledger, ledger, LocalTime.Zone);
            await stage.RunAsync(At.AddDays(-2), null, null, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            var (created, _) = await stage.RunAsync(At.AddDays(-1), null, null, cancellationToken);
            await LineAsync(round, "a day's obligations", created, Stopwatch.GetElapsedTime(started));
        }
        var begun = Stopwatch.GetTimestamp();
        foreach (var rows in reports)
            await intake.TakeAsync(
                new("lao-cai", "speed", "speed", At, false, At, "speed"),
                rows.ToAsyncEnumerable(),
                null,
                dryRun: false,
                _ => throw new InvalidDataException("refused"),
                null,
                cancellationToken
            );
        var name = with ? "figures with obligations" : "figures without";
        await LineAsync(round, name, reports.Sum(rows => rows.Count), Stopwatch.GetElapsedTime(begun));
        if (with)
            await TicksAsync(round, ledger, intake, cancellationToken);
    }

    private async Task TicksAsync(int round, SqliteLedger ledger, ReportIntake intake, CancellationToken cancellationToken)
    {
        var collection = new DutyCollection(world.Catalog, intake, ledger, ledger, Alone.On(ledger), LocalTime.Zone);
        using var log = new QuestionLog(Path.Combine(world.Folder, $"speed-{round}.log"));
        var script = Daily().First();
        var office = Office.All(world.Catalog).Single(each => each.Options.Serves(script.Duty.Set, script.Duty.Indicator));
        var source = new ScriptedOffice(office, script, log, "speed", At, At);
        while ((await collection.RunAsync(script.Duty, source, At, (_, _) => { }, cancellationToken)).HasMore) { }
        var started = Stopwatch.GetTimestamp();
        for (var tick = 0; tick < Ticks; tick++)
            await collection.RunAsync(script.Duty, source, At, (_, _) => { }, cancellationToken);
        await LineAsync(round, "ticks with nothing to do", Ticks, Stopwatch.GetElapsedTime(started));
    }

    private async Task<List<IReadOnlyList<RawRow>>> ReportsAsync(CancellationToken cancellationToken)
    {
        using var log = new QuestionLog(Path.Combine(world.Folder, "speed.log"));
        var reports = new List<IReadOnlyList<RawRow>>();
        var offices = Office.All(world.Catalog).ToList();
        foreach (var script in Daily())
        {
            var office = offices.Single(each => each.Options.Serves(script.Duty.Set, script.Duty.Indicator));
            var source = new ScriptedOffice(office, script, log, "speed", At, At);
            for (var day = 0; day < Days; day++)
            {
                var period = First.Shift(day);
                var question = new SourceQuestion(script.Duty.Indicator, [period], script.Set.WindowOf(script.Indicator, period));
                reports.Add((await source.AskAsync(question, cancellationToken))[0].Rows);
            }
        }
        return reports;
    }

    private IEnumerable<DutyScript> Daily() =>
        DutyScript.All(world).Where(script => script.Duty is { Set: "lao-cai", Frequency: Frequency.Day });

    // The first round only warms up.
    private Task LineAsync(int round, string what, int count, TimeSpan took) =>
        round == 0
            ? Task.CompletedTask
            : output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what, -26} {count, 7} in {took.TotalMilliseconds, 7:0} ms: {took.TotalMicroseconds / count, 7:0.0} us each"
                )
            );
}
