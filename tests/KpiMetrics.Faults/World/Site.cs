using System.Globalization;
using System.Text.Json;
using KpiMetrics.Faults.Load;
using KpiMetrics.Faults.Troubles;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.Faults.World;

/// <summary>One province's installation: ledger, InfluxDB and workers, with a wire of ours in front of each.</summary>
internal sealed class Site : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly FaultOptions options;
    private readonly string folder;

    private Site(FaultOptions options, string folder, InfluxServer influx)
    {
        (this.options, this.folder, Influx) = (options, folder, influx);
        Clock = new(folder);
    }

    public InfluxServer Influx { get; }

    public WorldClock Clock { get; }

    public required ILedgerStore Ledger { get; init; }

    public IReadOnlyList<WorkerSlot> Workers { get; private set; } = [];

    /// <summary>The sets that are reported.</summary>
    public IReadOnlyList<LoadSet> Sets => LoadSet.First(options.Sets);

    /// <summary>An office that is asked; null where none is.</summary>
    public PulledOffice? Pulled { get; private init; }

    /// <summary>Days since which obligations stand.</summary>
    public static int ObligedDays => 70;

    private string Data => DataOf(folder, 1);

    /// <summary>Starts the servers; workers come with <see cref="StartWorkersAsync"/>.</summary>
    /// <param name="folder">An empty one.</param>
    public static async Task<Site> StartAsync(
        FaultOptions options,
        string folder,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        ILedgerStore ledger = options.IsPostgres
            ? await PostgresStore.StartAsync(options.Scenario == "faults" && options.Wants(FullDisk.Word), cancellationToken)
            : SqliteStore.Make(Path.Combine(folder, "disk"), DataOf(folder, 1));
        try
        {
            return await StartAsync(options, folder, today, ledger, cancellationToken);
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    private static async Task<Site> StartAsync(
        FaultOptions options,
        string folder,
        DateOnly today,
        ILedgerStore ledger,
        CancellationToken cancellationToken
    )
    {
        LoadSet.Write(
            Path.Combine(folder, "sets"),
            LoadSet.First(options.Sets),
            today.AddDays(-800),
            options.Communes + LoadSet.Reserved
        );
        var influx = await InfluxServer.StartAsync(cancellationToken);
        var pulled = options.Scenario == "workers" ? new PulledOffice() : null;
        var workers = Enumerable.Range(1, options.Workers).Select(number => (number, DataOf(folder, number)));
        pulled?.Write(Path.Combine(folder, "sets"), workers, today.AddDays(-800));
        return new(options, folder, influx) { Ledger = ledger, Pulled = pulled };
    }

    public async Task StartWorkersAsync(CancellationToken cancellationToken)
    {
        var influx = new Uri(Influx.Url).Port;
        Workers =
        [
            .. Enumerable.Range(1, options.Workers).Select(number => new WorkerSlot(number, influx, Ledger.Port, StartWorker)),
        ];
        await ReadyAsync(cancellationToken);
    }

    /// <summary>Waits until every worker says that it is in order.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        foreach (var worker in Workers)
        {
            await Eventually.SeesAsync(
                $"worker {worker.Number} in order",
                () => worker.IsReadyAsync(cancellationToken),
                isReady => isReady,
                TimeSpan.FromMinutes(2),
                cancellationToken,
                () => worker.LastWords
            );
        }
    }

    /// <summary>How often the workers logged a failure, by what it was about; outages are warnings.</summary>
    public IReadOnlyDictionary<string, int> LoggedFailures() =>
        Workers
            .Select(worker => LogOf(worker.Number))
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', 4))
            .Where(words => words is [_, "fail:" or "crit:", _, ..])
            .GroupBy(words => words[2], StringComparer.Ordinal)
            .ToDictionary(of => of.Key, of => of.Count(), StringComparer.Ordinal);

    /// <summary>A new token's secret.</summary>
    public async Task<string> SecretAsync(string agency, CancellationToken cancellationToken) =>
        (await DoAsync(cancellationToken, "token", "create", "--agency", agency)).First();

    /// <summary>How many changed figures are not published yet.</summary>
    public async Task<long> WaitingAsync(CancellationToken cancellationToken) =>
        await Ledger.CountAsync("SELECT COUNT(*) FROM outbox", cancellationToken);

    /// <summary>How many requests to InfluxDB were not answered and not looked at again yet, and how many deletions.</summary>
    /// <remarks>Deletions by a clock that was ahead are not waited for: their time comes when the clock would have been right.</remarks>
    public async Task<long> InDoubtAsync(CancellationToken cancellationToken)
    {
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(2).ToUnixTimeMilliseconds();
        return await Ledger.CountAsync(
            FormattableString.Invariant(
                $"""
                SELECT (SELECT COUNT(*) FROM publish_flight WHERE looks = 0)
                    + (SELECT COUNT(*) FROM publish_deleted WHERE looks = 0 AND look_at < {soon})
                """
            ),
            cancellationToken
        );
    }

    public async Task<IReadOnlyList<ExportedFigure>> ExportAsync(LoadIndicator indicator, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "export.json");
        File.Delete(file);
        await DoAsync(
            cancellationToken,
            ["export", "--set", indicator.Set.Code, "--indicator", indicator.Code, "--format", "json", "--out", file]
        );
        return ExportedFigure.Read(File.ReadLines(file));
    }

    public async Task<JsonElement> JsonAsync(CancellationToken cancellationToken, params string[] command) =>
        JsonElement.Parse(string.Join('\n', await DoAsync(cancellationToken, command)));

    /// <summary>Runs a command that must succeed, past the wires, and gives its lines.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public async Task<IReadOnlyCollection<string>> DoAsync(CancellationToken cancellationToken, params string[] command)
    {
        await using var process = WorkerProcess.Start(folder, [.. command, .. Common(Influx.Url, Data)], Ledger.Environment);
        var exit = await process.WaitForExitAsync(Patience, cancellationToken);
        return exit == 0
            ? process.Output
            : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {exit}: {process.Said}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var worker in Workers)
                await worker.DisposeAsync();
            await Influx.DisposeAsync();
            if (Pulled is not null)
                await Pulled.DisposeAsync();
        }
        finally
        {
            await Ledger.DisposeAsync();
        }
    }

    private static string DataOf(string folder, int worker) =>
        Path.Combine(folder, "disk", string.Create(CultureInfo.InvariantCulture, $"data-{worker}"));

    private string LogOf(int worker) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"worker-{worker}.log"));

    private WorkerProcess StartWorker(WorkerSlot slot)
    {
        var environment = slot.HasOwnClock ? Clock.EnvironmentOf(slot.Number) : [];
        foreach (var (name, value) in Ledger.Through(slot.Ledger))
            environment[name] = value;
        string[] own =
        [
            $"--Api:Urls={slot.Listens}",
            "--Api:WritesPerMinute=1000000",
            "--Influx:TimeoutSeconds=10",
            $"--Obligations:From={Since()}",
            .. Pulled is null ? (string[])[] : ["--Schedule:Cron:D=*/2 * * * * ?"],
        ];
        var wired = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{slot.Influx.Port}");
        return WorkerProcess.Start(
            folder,
            ["run", .. own, .. Common(wired, DataOf(folder, slot.Number))],
            environment,
            LogOf(slot.Number)
        );
    }

    private string[] Common(string influx, string data) =>
        [
            "--data",
            data,
            "--sets",
            Path.Combine(folder, "sets"),
            "--Demo:Enabled=false",
            $"--Influx:Url={influx}",
            $"--Influx:Database={Influx.Database}",
        ];

    private static string Since() =>
        DateOnly
            .FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(LoadSet.Ahead).DateTime.AddDays(-ObligedDays))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
