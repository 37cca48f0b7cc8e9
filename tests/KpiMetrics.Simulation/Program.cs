using System.Globalization;
using KpiMetrics.Simulation;
using KpiMetrics.Simulation.Running;
using KpiMetrics.Simulation.World;

// child FOLDER SEED NUMBER: waits for 'go CLOCK LATEST' on standard input, so that it has started when it is needed.
if (args is ["child", var folder, var seed, var number])
{
    using var child = new Child(
        new SimulatedWorld(folder, ulong.Parse(seed, CultureInfo.InvariantCulture)),
        int.Parse(number, CultureInfo.InvariantCulture)
    );
    await Console.Out.WriteLineAsync("ready");
    if ((await Console.In.ReadLineAsync())?.Split(' ') is not ["go", var clock, var latest])
        return 1;
    await child.RunAsync(
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(clock, CultureInfo.InvariantCulture)).ToOffset(LocalTime.Ahead),
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(latest, CultureInfo.InvariantCulture)).ToOffset(LocalTime.Ahead),
        Console.Out,
        CancellationToken.None
    );
    return 0;
}
if (args is ["year", var place, var start, var times, var list])
    return await ReportAsync(
        await Year.RunAsync(
            place,
            ulong.Parse(start, CultureInfo.InvariantCulture),
            int.Parse(times, CultureInfo.InvariantCulture),
            list,
            Console.Out,
            CancellationToken.None
        )
    );
if (args is ["check", var left, var from])
    return await ReportAsync(
        await Year.CheckAsync(left, ulong.Parse(from, CultureInfo.InvariantCulture), Console.Out, CancellationToken.None)
    );
if (args is ["speed", var empty, var all])
{
    Communes.Write(SimulatedWorld.AreasFile(empty), all);
    await new Speed(new SimulatedWorld(empty, 1), Console.Out).RunAsync(CancellationToken.None);
    return 0;
}
await Console.Error.WriteLineAsync("year FOLDER SEED KILLS COMMUNES.csv | check FOLDER SEED | speed FOLDER COMMUNES.csv");
return 1;

static async Task<int> ReportAsync(string faults)
{
    await Console.Out.WriteLineAsync(faults.Length == 0 ? "nothing is wrong" : faults);
    return faults.Length == 0 ? 0 : 1;
}
