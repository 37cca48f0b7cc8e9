using KpiMetrics.Faults;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
try
{
    return (await FaultTest.RunAsync(args, Console.Out, stop.Token)).Count == 0 ? 0 : 1;
}
catch (UsageException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
