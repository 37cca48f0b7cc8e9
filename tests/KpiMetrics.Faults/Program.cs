using KpiMetrics.Faults;
using KpiMetrics.Faults.Running;

FaultOptions options;
try
{
    options = FaultOptions.Read(args);
}
catch (UsageException fault)
{
    await Console.Error.WriteLineAsync(fault.Message);
    return 1;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var run = new FaultRun(options, Console.Out);
var losses = await run.RunAsync(stop.Token);
Console.WriteLine(run.Report);
if (options.Report is { } file)
    await File.WriteAllTextAsync(file, run.Report.ToJson());
foreach (var line in losses)
    Console.WriteLine(line);
Console.WriteLine(losses.Count == 0 ? "nothing is lost, nothing double" : "LOST OR WRONG: see above");
return losses.Count == 0 ? 0 : 1;
