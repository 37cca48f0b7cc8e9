using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Pipeline.Obligations;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Running;

/// <summary>The engine on a manual clock, until the year is over or it is killed: plans obligations, and does what ticks do, some of them lost, doubled or late.</summary>
internal sealed class Child : IDisposable
{
    private readonly SimulatedWorld world;
    private readonly SqliteLedger ledger;
    private readonly ObligationStage stage;
    private readonly DutyCollection collection;
    private readonly EmergencyDesk desk;
    private readonly QuestionLog log;
    private readonly Random random;
    private readonly List<(DutyScript Script, Office Office)> visits;
    private readonly List<(DutyScript Script, Office Office)> late = [];
    private readonly Effort effort = new();

    public Child(SimulatedWorld world, int number)
    {
        this.world = world;
        random = new(unchecked((int)world.Seed * 1000 + number));
        log = new(world.LogFile(number));
        ledger = new(world.LedgerFile);
        stage = new(world.Catalog, "simulation", null, ledger, ledger, LocalTime.Zone);
        var intake = new ReportIntake(world.Catalog, ledger, LocalTime.Zone);
        collection = new(world.Catalog, intake, ledger, ledger, Alone.On(ledger), LocalTime.Zone);
        desk = new(world, ledger);
        var offices = Office.All(world.Catalog).ToList();
        visits =
        [
            .. DutyScript
                .All(world)
                .Select(script =>
                    (script, offices.Single(office => office.Options.Serves(script.Duty.Set, script.Duty.Indicator)))
                ),
        ];
    }

    /// <param name="from">Our clock.</param>
    /// <param name="latest">The latest that our clock ever was.</param>
    public async Task RunAsync(DateTimeOffset from, DateTimeOffset latest, TextWriter output, CancellationToken cancellationToken)
    {
        await ledger.MigrateAsync(from, cancellationToken);
        var last = from.AddHours(-3);
        var steps = 0;
        for (var at = from; ; at = Next(at))
        {
            var now = at > latest ? at : latest;
            await desk.RunAsync(at, cancellationToken);
            await effort.MeasureAsync(Work.Plan, async () => (await stage.RunAsync(at, null, null, cancellationToken)).Created);
            await RingAsync(last, at, now, cancellationToken);
            last = at;
            await output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"at {at.ToUnixTimeMilliseconds()} {now.ToUnixTimeMilliseconds()}")
            );
            await output.FlushAsync(cancellationToken);
            if (++steps % 50 == 0 || at >= SimulatedWorld.End)
                await ReportAsync(output);
            if (at >= SimulatedWorld.End)
                return;
        }
    }

    public void Dispose() => log.Dispose();

    private async Task ReportAsync(TextWriter output)
    {
        using var self = Process.GetCurrentProcess();
        await output.WriteLineAsync($"effort {effort}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"peak {self.PeakWorkingSet64 / 1048576} MiB"));
        await output.FlushAsync();
    }

    private DateTimeOffset Next(DateTimeOffset at)
    {
        var minutes = EmergencyScript.IsNear(at) ? 3 + random.Next(3) : 40 + random.Next(40);
        var next = at.AddMinutes(minutes).AddSeconds(random.Next(60));
        return next < SimulatedWorld.End ? next : SimulatedWorld.End;
    }

    private async Task RingAsync(DateTimeOffset last, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rung = late.ToList();
        late.Clear();
        foreach (var visit in visits.Where(visit => IsRung(visit.Script.Duty, last, at)))
        {
            switch (random.Next(100))
            {
                case < 5: // lost
                    break;
                case < 8:
                    late.Add(visit);
                    break;
                case < 11:
                    rung.AddRange([visit, visit]);
                    break;
                case < 13:
                    await Task.WhenAll(
                        Task.Run(() => VisitAsync(visit, at, now, cancellationToken), cancellationToken),
                        Task.Run(() => VisitAsync(visit, at, now, cancellationToken), cancellationToken)
                    );
                    break;
                default:
                    rung.Add(visit);
                    break;
            }
        }
        foreach (var visit in rung)
            await VisitAsync(visit, at, now, cancellationToken);
    }

    // Hourly jobs run in emergencies alone.
    private bool IsRung(Duty duty, DateTimeOffset last, DateTimeOffset at) =>
        duty.Frequency == Frequency.Hour ? stage.Hourly.Contains(duty) : Rings.Fall(duty, last, at);

    private async Task VisitAsync(
        (DutyScript Script, Office Office) visit,
        DateTimeOffset at,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var number = log.NewVisit();
        var office = new ScriptedOffice(visit.Office, visit.Script, log, number, at, now);
        var started = Environment.CpuUsage.TotalTime;
        var run = await collection.RunAsync(visit.Script.Duty, office, at, Refused, cancellationToken);
        effort.Add(
            run.Outcomes.Count == 0 ? Work.IdleTick : Work.Tick,
            Environment.CpuUsage.TotalTime - started,
            run.Outcomes.Sum(outcome => outcome.Result?.Rows ?? 0)
        );
        if (run.Outcomes.Count > 0)
            log.Done(number);
    }

    private static void Refused(string report, Pipeline.Sources.RefusedRow row) =>
        throw new InvalidDataException($"{report}: refused: {row.Refusal}");
}
