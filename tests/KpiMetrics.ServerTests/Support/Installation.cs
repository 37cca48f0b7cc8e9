using System.Text.Json;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.ServerTests.Support;

/// <summary>One province's installation: a data folder, the sets of <see cref="TestSet"/> besides the program's own, perhaps an InfluxDB.</summary>
internal sealed class Installation : IDisposable
{
    /// <summary>For what takes a moment; a machine that builds something else at the same time may need many.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestFolder folder = new();
    private readonly InfluxServer? influx;

    public Installation(InfluxServer? influx = null)
    {
        this.influx = influx;
        TestSet.Write(Sets);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The demo agency is on; off unless set.</summary>
    public bool HasDemo { get; init; }

    /// <summary>The connection string of the ledger; null: a file of SQLite.</summary>
    public string? Postgres { get; init; }

    public string Data => folder.File("data");

    public string LedgerFile => Path.Combine(Data, "ledger.db");

    /// <summary>The folder of sets and areas besides the program's own.</summary>
    public string Sets => folder.File("sets");

    public string Inbox(string set) => Path.Combine(Data, "inbox", set);

    /// <summary>What a source answered that could not be understood, as kept.</summary>
    public IReadOnlyList<string> FailedAnswers(string source)
    {
        var failed = Path.Combine(Data, "failed", source);
        return Directory.Exists(failed) ? Directory.GetFiles(failed) : [];
    }

    /// <summary>Files that wait in the inbox of a set, or are being read.</summary>
    public IReadOnlyList<string> InInbox(string set) =>
        [
            .. new[] { Inbox(set), Path.Combine(Inbox(set), "taking") }
                .Where(Directory.Exists)
                .SelectMany(Directory.EnumerateFiles)
                .Select(Path.GetFileName)
                .OfType<string>(),
        ];

    /// <summary>All files of the archive of a set, without their folders.</summary>
    public IReadOnlyList<string> Archived(string set)
    {
        var done = Path.Combine(Inbox(set), "done");
        return Directory.Exists(done) ? Directory.GetFiles(done, "*", SearchOption.AllDirectories) : [];
    }

    /// <summary>Starts the worker.</summary>
    /// <param name="settings">Such as <c>--Inbox:SettleSeconds=0</c>.</param>
    public WorkerProcess Run(params string[] settings) => Start(settings);

    /// <summary>Starts the worker and waits until it says that it is up.</summary>
    public async Task<WorkerProcess> RunUntilUpAsync(params string[] settings)
    {
        var worker = Start(settings);
        await worker.WaitForLineAsync("KpiMetrics is up", Patience, Token);
        return worker;
    }

    /// <summary>Starts a command.</summary>
    public WorkerProcess Start(params string[] arguments)
    {
        string[] common =
        [
            "--data",
            Data,
            "--sets",
            Sets,
            "--Inbox:PollSeconds=1",
            "--Api:Urls=http://127.0.0.1:0",
            $"--Demo:Enabled={(HasDemo ? "true" : "false")}",
        ];
        string[] publishing = influx is null ? [] : [$"--Influx:Url={influx.Url}", $"--Influx:Database={influx.Database}"];
        string[] ledger = Postgres is null ? [] : [$"--Ledger:Postgres={Postgres}"];
        return WorkerProcess.Start(folder.Path, [.. arguments, .. common, .. publishing, .. ledger]);
    }

    /// <summary>Runs a command to its end.</summary>
    public async Task<CommandResult> CommandAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        var exitCode = await process.WaitForExitAsync(Patience, Token);
        return new(exitCode, process.Output, process.Error);
    }

    /// <summary>Runs a command that must succeed and returns its lines.</summary>
    public async Task<IReadOnlyCollection<string>> DoAsync(params string[] arguments)
    {
        var result = await CommandAsync(arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    /// <summary>Writes a file that no command has seen yet, and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Adds a set, and areas where it has some of its own.</summary>
    public void AddSet(string name, string set, string? areas = null)
    {
        File.WriteAllText(Path.Combine(Sets, $"{name}.yaml"), set);
        if (areas is not null)
            File.WriteAllText(Path.Combine(Sets, "areas", $"{name}.yaml"), areas);
    }

    /// <summary>Says which sources serve which indicators.</summary>
    public void WriteSite(string yaml)
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "site.yaml"), yaml);
    }

    /// <summary>Puts another version of <see cref="TestSet"/> in its place; what runs keeps the old one.</summary>
    public void ChangeSet(Func<string, string> change)
    {
        var file = Path.Combine(Sets, "thu-nghiem.yaml");
        var set = File.ReadAllText(file);
        var next = change(set);
        Assert.NotEqual(set, next);
        File.WriteAllText(file, next);
    }

    /// <summary>Puts a whole file into the inbox of a set at once, as a careful sender does.</summary>
    public void Drop(string set, string name, string text)
    {
        Directory.CreateDirectory(Inbox(set));
        File.Move(Write(name, text), Path.Combine(Inbox(set), name));
    }

    public async Task<IReadOnlyList<ExportedFigure>> ExportAsync(string set) =>
        ExportedFigure.Read(await DoAsync("export", "--set", set, "--format", "json"));

    public Task<JsonElement> StatusAsync() => JsonAsync("publish", "status", "--json");

    /// <summary>What a command that must succeed prints.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments) =>
        JsonElement.Parse(string.Join('\n', await DoAsync(arguments)));

    /// <summary>Waits until no changed figure waits to be published.</summary>
    public Task AllPublishedAsync(WorkerProcess worker) =>
        Eventually.SeesAsync(
            "an empty outbox",
            async () => (await StatusAsync()).GetProperty("waiting").GetInt64(),
            waiting => waiting == 0,
            Patience,
            Token,
            () => worker.Said
        );

    /// <summary>Waits until the inbox of a set is empty.</summary>
    public Task AllCollectedAsync(string set, WorkerProcess worker) =>
        Eventually.SeesAsync(
            "an empty inbox",
            () => Task.FromResult(InInbox(set).Count),
            files => files == 0,
            Patience,
            Token,
            () => worker.Said
        );

    public void Dispose() => folder.Dispose();
}
