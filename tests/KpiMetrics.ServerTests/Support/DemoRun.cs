using System.Diagnostics;

namespace KpiMetrics.ServerTests.Support;

/// <summary>A worker on a fresh machine with the demo on, which fills its ledger with the demo's history.</summary>
/// <param name="postgres">The connection string of the ledger; null: a file of SQLite.</param>
internal sealed class DemoRun(string? postgres = null) : IDisposable
{
    private const string Complete = "Demo history is complete";
    private const string Alerts = " Alerts: "; // so many fired

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Installation Installation { get; } = new() { HasDemo = true, Postgres = postgres };

    /// <summary>How many statements of this instant or earlier are in the ledger.</summary>
    public long Statements(DateTimeOffset until) =>
        LedgerFile.CountLive(
            Installation.LedgerFile,
            FormattableString.Invariant($"SELECT COUNT(*) FROM observation WHERE received_at <= {until.ToUnixTimeMilliseconds()}")
        );

    /// <summary>The office that is down now and then never is: two runs see the same. Alerts are looked after each second: whatever fires too early does.</summary>
    public WorkerProcess Start() => Installation.Run("--Demo:HasOutages=false", "--Alerting:PollSeconds=1");

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

    public static Task CompleteAsync(WorkerProcess worker) => worker.WaitForLineAsync(Complete, Patience, Token);

    /// <summary>Which of several workers loads, once it is in the middle of it.</summary>
    public static async Task<WorkerProcess> LoaderAsync(IReadOnlyList<WorkerProcess> workers)
    {
        await Eventually.HappensAsync(
            "a worker that loads",
            () => workers.Any(IsLoading),
            Patience,
            Token,
            () => string.Join('\n', workers.Select(worker => worker.Said))
        );
        return workers.First(IsLoading);

        static bool IsLoading(WorkerProcess worker) =>
            worker.Output.Any(line => line.Contains(" Demo history: ", StringComparison.Ordinal));
    }

    /// <summary>Waits until alerts go on after the history is complete: nothing was late before, so that nothing that was is resolved by it.</summary>
    public static async Task AlertsWaitedAsync(WorkerProcess worker)
    {
        await worker.WaitForLineAsync("Alerts go on: the demo's history is there", Patience, Token);
        await worker.WaitForLineAsync(Alerts, Patience, Token); // what is late all the same
        var lines = worker.Output.ToList();
        Assert.InRange(lines.FindIndex(Says(Alerts)), lines.FindIndex(Says(Complete)) + 1, lines.Count - 1);
        Assert.Single(lines, Says("All alerts but those of thresholds wait"));
    }

    /// <summary>Of a worker that was killed while it loaded.</summary>
    public static void NothingWasLate(WorkerProcess worker) => Assert.DoesNotContain(worker.Output, Says(Alerts));

    /// <summary>Every figure of a set as it was known at an instant, reported or computed.</summary>
    public async Task<IReadOnlyCollection<string>> FiguresAsync(string set, DateTimeOffset at) =>
        await Installation.DoAsync("export", "--set", set, "--as-of", $"{at:yyyy-MM-ddTHH:mm:ss}Z");

    public void Dispose() => Installation.Dispose();

    private static Predicate<string> Says(string text) => line => line.Contains(text, StringComparison.Ordinal);
}
