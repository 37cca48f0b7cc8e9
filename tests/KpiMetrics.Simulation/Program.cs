using System.Globalization;
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
await Console.Error.WriteLineAsync("child FOLDER SEED NUMBER");
return 1;
