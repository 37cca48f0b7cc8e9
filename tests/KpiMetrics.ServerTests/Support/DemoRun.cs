using System.Diagnostics;

namespace KpiMetrics.ServerTests.Support;

/// <summary>A worker on a fresh machine with the demo on, which fills its ledger with the demo's history.</summary>
internal sealed class DemoRun : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Installation Installation { get; } = new() { HasDemo = true };

    /// <summary>How many statements of this instant or earlier are in the ledger.</summary>
    public long Statements(DateTimeOffset until) =>
        LedgerFile.CountLive(
            Installation.LedgerFile,
            FormattableString.Invariant($"SELECT COUNT(*) FROM observation WHERE received_at <= {until.ToUnixTimeMilliseconds()}")
        );

    /// <summary>The office that is down now and then never is: two runs see the same.</summary>
    public WorkerProcess Start() => Installation.Run("--Demo:HasOutages=false");

    /// <summary>From now until the ledger has so many.</summary>
    public async Task<TimeSpan> HasAsync(WorkerProcess worker, long statements, DateTimeOffset until)
    {
        var clock = Stopwatch.StartNew();
        await Eventually.HappensAsync(
            FormattableString.Invariant($"{statements} statements"),
            () => Statements(until) >= statements,
            Patience,
            Token,
            () => worker.Said
        );
        return clock.Elapsed;
    }

    public static Task CompleteAsync(WorkerProcess worker) =>
        worker.WaitForLineAsync("Demo history is complete", Patience, Token);

    /// <summary>Every figure of a set as it was known at an instant, reported or computed.</summary>
    public async Task<IReadOnlyCollection<string>> FiguresAsync(string set, DateTimeOffset at) =>
        await Installation.DoAsync("export", "--set", set, "--as-of", $"{at:yyyy-MM-ddTHH:mm:ss}Z");

    public void Dispose() => Installation.Dispose();
}
