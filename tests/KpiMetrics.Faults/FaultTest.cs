using KpiMetrics.Faults.Running;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.Faults;

/// <summary>One run, as the command line asks for it.</summary>
public static class FaultTest
{
    /// <param name="arguments">As on the command line.</param>
    /// <param name="output">How it goes, and its figures at the end.</param>
    /// <returns>What was lost, double or wrong, in words; empty where nothing was.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<string> arguments,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var options = FaultOptions.Read(arguments, PostgresServer.Find() is not null);
        var run = new FaultRun(options, output);
        var losses = await run.RunAsync(cancellationToken);
        await output.WriteLineAsync(run.Report.ToString());
        if (options.Report is { } file)
            await File.WriteAllTextAsync(file, run.Report.ToJson(), cancellationToken);
        foreach (var line in losses)
            await output.WriteLineAsync(line);
        await output.WriteLineAsync(losses.Count == 0 ? "nothing is lost, nothing double" : "LOST OR WRONG: see above");
        return losses;
    }
}
