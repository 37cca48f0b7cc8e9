using System.Globalization;
using KpiMetrics.Simulation.Running;
using KpiMetrics.Simulation.Verifying;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation;

/// <summary>A simulated year of the engine with all four sets on 99 communes, killed and restarted again and again, and the check of what it left.</summary>
public static class Year
{
    /// <param name="folder">An empty folder; the ledger is left in it.</param>
    /// <param name="seed">The same seed, the same offices; how far a process comes before it is killed is the machine's.</param>
    /// <param name="kills">How often it is killed, at least once: for the three days of Tết.</param>
    /// <param name="shared">The list of all communes; where there is none, 99 are made up.</param>
    /// <param name="output">Told of every kill and of the result.</param>
    /// <returns>What is wrong; empty where nothing is.</returns>
    public static async Task<string> RunAsync(
        string folder,
        ulong seed,
        int kills,
        string shared,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(output);
        var isReal = Communes.Write(SimulatedWorld.AreasFile(folder), shared);
        var story = await new YearRun(folder, seed, kills, output).RunAsync(cancellationToken);
        var span = SimulatedWorld.End - SimulatedWorld.Start;
        foreach (var line in story.Said)
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"seed {seed}, {(isReal ? "real" : "made-up")} communes, {story.Stops.Count} kills: {span.TotalDays:0} days in {story.Took.TotalSeconds:0} s, {span / story.Took / 3600:0.0} h of simulated time a second; peak {story.PeakMiB} MiB"
            )
        );
        return await CheckAsync(folder, seed, output, cancellationToken);
    }

    /// <summary>Checks what a run left in the folder.</summary>
    public static async Task<string> CheckAsync(string folder, ulong seed, TextWriter output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        var check = new YearCheck(new SimulatedWorld(folder, seed));
        await output.WriteLineAsync(await check.RunAsync(cancellationToken));
        return check.Faults.ToString();
    }
}
