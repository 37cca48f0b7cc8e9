using KpiMetrics.Tests.Catalog;
using KpiMetrics.Tests.Support;
using KpiMetrics.Worker.Commands;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Tests.Commands;

/// <summary>Runs commands in this process on a data folder of the test's own, at 14:00 on 20 November 2026.</summary>
/// <remarks>Every run also checks that no stack trace came out.</remarks>
internal sealed class Cli : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    public TempFolder Folder { get; } = new();

    public string Data => Folder.File("data");

    /// <summary>Standard output for bytes; null: it is a screen.</summary>
    public Stream? RedirectedTo { get; set; }

    public Task<CliResult> RunAsync(params string[] arguments) =>
        RunAsync(arguments, new ManualClock(Now), TestContext.Current.CancellationToken);

    public async Task<CliResult> RunAsync(string[] arguments, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] all = arguments.Contains("--data") ? arguments : [.. arguments, "--data", Data];
        if (!Array.Exists(all, argument => argument.StartsWith("--Api:", StringComparison.Ordinal)))
            all = [.. all, "--Api:Enabled=false"]; // workers of several tests run at once
        if (!Array.Exists(all, argument => argument.StartsWith("--Demo:", StringComparison.Ordinal)))
            all = [.. all, "--Demo:Enabled=false"]; // only what a test brings along is there
        var terminal = new Terminal(output, error, ShowsProgress: false)
        {
            OpenBinary = RedirectedTo is { } stream ? () => stream : null,
        };
        var exit = await CommandLine.RunAsync(all, terminal, clock, cancellationToken);
        var result = new CliResult(exit, output.ToString(), error.ToString());
        Assert.DoesNotContain("   at ", result.Out + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Out + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Not foreseen", result.Out + result.Error, StringComparison.Ordinal);
        return result;
    }

    /// <summary>Imports a CSV of the set <c>cchc</c>; each line is what follows <c>indicator,measure,area,period,value</c> in its header.</summary>
    public Task<CliResult> ImportAsync(string[] options, params string[] lines) =>
        RunAsync(["import", Csv("in.csv", lines), "--set", "cchc", .. options]);

    public string Csv(string name, params string[] lines) =>
        Folder.Write(name, string.Join('\n', ["indicator,measure,area,period,value,vintage", .. lines, ""]));

    /// <summary>A folder with the small set <c>demo</c>: a monthly flow, a ratio, an index and a bulletin.</summary>
    public string DemoSets()
    {
        Folder.Write("sets/demo.yaml", CatalogFolder.Set);
        return Folder.File("sets");
    }

    public void Dispose() => Folder.Dispose();
}
