using System.Diagnostics;
using KpiMetrics.Faults.Checking;
using KpiMetrics.Faults.Load;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>Starts everything, lets offices report while things go wrong, and holds the end against what the offices were told.</summary>
internal sealed class FaultRun(FaultOptions options, TextWriter output)
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(10);

    /// <summary>Figures of the run, by name.</summary>
    public RunReport Report { get; } = new(options);

    /// <returns>What was lost, double or wrong; empty where nothing was.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = options.Keep is { } keep
            ? Directory.CreateDirectory(keep)
            : Directory.CreateTempSubdirectory("kpimetrics-faults-");
        var now = TimeProvider.System.GetUtcNow().ToOffset(LoadSet.Ahead).DateTime;
        var ledger = options.IsPostgres ? "postgres" : "sqlite";
        await output.WriteLineAsync(
            FormattableString.Invariant(
                $"--seed {options.Seed} --ledger {ledger} --workers {options.Workers}, in {folder.FullName}"
            )
        );
        var losses = new Losses();
        try
        {
            await using var site = await Site.StartAsync(options, folder.FullName, DateOnly.FromDateTime(now), cancellationToken);
            await site.StartWorkersAsync(cancellationToken);
            using var journal = new Journal(Path.Combine(folder.FullName, "journal.jsonl"));
            using var office = await Office.OpenAsync(site, options, journal, now, cancellationToken);
            await RunAsync(site, office, losses, cancellationToken);
        }
        finally
        {
            if (options.Keep is null)
                folder.Delete(recursive: true);
        }
        return losses.Lines;
    }

    private async Task RunAsync(Site site, Office office, Losses losses, CancellationToken cancellationToken)
    {
        var watch = new Watch(site, office, output);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = watch.RunAsync(end.Token);
        var scenario = Choose(site, office, watch);
        await scenario.RunAsync(losses, cancellationToken);
        var loaded = watch.Elapsed;
        watch.Doing = "load stopped";
        await office.CloseAsync();
        watch.Doing = "outbox drains";
        var drained = await DrainAsync(site, losses, cancellationToken);
        await end.CancelAsync();
        await watching;
        await site.ReadyAsync(cancellationToken);
        foreach (var worker in site.Workers)
        {
            losses.Add("worker", worker.Unexpected);
            if (await worker.EndAsync(cancellationToken) is { } fault)
                losses.Add("worker", fault);
        }
        var verification = new Verification(site, [.. office.Desks, .. office.More], office.Journal, losses);
        await verification.RunAsync(output, cancellationToken);
        if (site.Pulled is not null)
            await HalfDoneJob.CheckAsync(site, losses, cancellationToken);
        Report.Fill(site, office, watch, loaded, drained, verification.Figures);
        Report.Add(scenario.Figures);
    }

    private IScenario Choose(Site site, Office office, Watch watch) =>
        options.Scenario switch
        {
            "outage" => new Outage(site, office, options, watch, output),
            "workers" => new TwoWorkers(site, office, options, watch, output),
            _ => new RandomTroubles(site, options, watch, output),
        };

    /// <summary>Waits until nothing is to be published any more.</summary>
    private static async Task<TimeSpan> DrainAsync(Site site, Losses losses, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (await site.WaitingAsync(cancellationToken) + await site.InDoubtAsync(cancellationToken) is > 0 and var waiting)
        {
            if (clock.Elapsed > LongestDrain)
            {
                losses.Add(
                    "outbox",
                    FormattableString.Invariant(
                        $"{waiting} figures and requests still wait after {LongestDrain.TotalMinutes} min"
                    )
                );
                break;
            }
            await tick.WaitForNextTickAsync(cancellationToken);
        }
        return clock.Elapsed;
    }
}
