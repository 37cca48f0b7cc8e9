using KpiMetrics.ServerTests.Boards.Changes;
using KpiMetrics.ServerTests.Boards.Oracles;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using Npgsql;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>
/// A province as the boards meet it: the demo's three years in PostgreSQL and InfluxDB, the reform figures of 2025 from both of their sources, an emergency in one
/// commune with heavy rain, and the rest of <see cref="WorldEvents"/> and <see cref="WorldAlerts"/>. Its first worker was killed when all was done. None runs unless a test starts one, and one
/// figure always waits to be published.
/// </summary>
public sealed class BoardWorld : IAsyncLifetime
{
    /// <summary>The commune with the emergency; one of the demo's.</summary>
    internal const string Commune = "02647";

    /// <summary>Another one, that something of which is late.</summary>
    internal const string LateCommune = "04252";

    /// <summary>A measure of Bắc Ninh with a plan.</summary>
    internal const string Planned = "BN-08.01";

    /// <summary>A source that never answers.</summary>
    internal const string DeadSource = "chet";

    /// <summary>The indicators whose schedule was changed; the first one twice.</summary>
    internal static readonly IReadOnlyList<string> Rescheduled = ["bac-ninh/BN-09", "lao-cai/LC-A01"];

    /// <summary>The figure that InfluxDB does not take.</summary>
    internal static readonly (string Set, string Measure, string Area) Refused = (
        TestSet.Code,
        TestSet.TextMeasure,
        TestSet.Communes[0]
    );

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<Imported> imported = [];
    private PostgresServer? postgres;
    private InfluxServer? influx;
    private KpiDatabase? database;
    private Installation? installation;
    private BoardReader? reader;
    private Roads? roads;
    private Decisions? decisions;
    private EngineMoment? moment;
    private Task<BoardChanges>? changes;
    private int left;

    internal Installation Installation => installation ?? throw NotStarted();

    internal BoardReader Reader => reader ?? throw NotStarted();

    internal Roads Roads => roads ?? throw NotStarted();

    internal Decisions Decisions => decisions ?? throw NotStarted();

    /// <summary>The first worker before it ended.</summary>
    internal EngineMoment Moment => moment ?? throw NotStarted();

    /// <summary>Workers that were killed and that no other has replaced yet, by the names under which they hold claims.</summary>
    internal IReadOnlyList<string> Lost { get; private set; } = [];

    /// <summary>When the world began.</summary>
    internal DateTimeOffset Began { get; private set; }

    /// <summary>What had been imported at <see cref="Moment"/>.</summary>
    internal IReadOnlyList<Imported> Imported { get; private set; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Began = TimeProvider.System.GetUtcNow();
        var connection = await CreateDatabaseAsync();
        database = new(connection);
        influx = await InfluxServer.StartAsync(Token);
        installation = new Installation(influx) { HasDemo = true, Postgres = connection };
        reader = new(influx.Url, influx.Database, connection, CancellationToken.None);
        roads = new(installation);
        var seeds = Path.Combine(AppContext.BaseDirectory, "seeds");
        decisions = Decisions.Read(seeds, Path.Combine(seeds, "demo"), installation.Sets);
        installation.WriteSite(WorldEvents.Site(LocalPort.Free()));
        await using var worker = Start();
        await worker.WaitForLineAsync("Demo history is complete", Patience, Token);
        await WorldEvents.HappenAsync(this, influx);
        await WorldAlerts.HappenAsync(this, worker);
        await worker.WaitForLineAsync("/H from demo: reports taken", Patience, Token);
        await AllIsQuietAsync(worker);
        Imported = [.. imported];
        moment = await EngineMoment.TakeAsync(reader, worker, Token);
        await KillAsync(worker);
    }

    /// <summary>What happens once and what boards showed before and after; the first test that asks makes it happen.</summary>
    internal Task<BoardChanges> ChangesAsync() => changes ??= BoardChanges.HappenAsync(this);

    /// <summary>Takes rows in, each of which must be recorded.</summary>
    internal async Task ImportAsync(string set, string columns, params IReadOnlyList<string> rows)
    {
        var file = Installation.Write($"{Guid.NewGuid():N}.csv", columns + "\n" + string.Join('\n', rows));
        await ImportFileAsync(set, file, "import");
    }

    /// <summary>Takes a file in, of which nothing may be refused.</summary>
    internal async Task ImportFileAsync(string set, string file, string source)
    {
        var result = await Installation.CommandAsync("import", file, "--set", set, "--source", source);
        Assert.True(result.ExitCode == 0, result.ToString());
        var (_, recorded, repeated, refused) = result.Counts();
        var before = imported.Find(one => one.Source == source && one.Set == set) ?? new(source, set, 0, 0, 0, 0);
        imported.Remove(before);
        imported.Add(
            before with
            {
                Reports = before.Reports + 1,
                Recorded = before.Recorded + recorded,
                Repeated = before.Repeated + repeated,
                Refused = before.Refused + refused,
            }
        );
        Roads.Forget();
    }

    /// <summary>Runs a worker until all that a test did is published and checked.</summary>
    /// <param name="seen">What it must bring about besides.</param>
    internal async Task PublishAsync(Func<Task<bool>> seen)
    {
        await using var worker = Start();
        await worker.WaitForLineAsync("KpiMetrics is up", Patience, Token);
        await Eventually.SeesAsync("what the worker brings about", seen, has => has, Patience, Token, () => worker.Said);
        await AllIsQuietAsync(worker);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(20), Token));
        Lost = [];
        await LeaveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (reader is not null)
            await reader.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        installation?.Dispose();
        if (influx is not null)
            await influx.DisposeAsync();
        if (postgres is not null)
            await postgres.DisposeAsync();
    }

    // A server of its own, as a role belongs to all databases of a server.
    private async Task<string> CreateDatabaseAsync()
    {
        if (PostgresServer.Find() is not { } programs)
        {
            MissingServer.Require($"PostgreSQL is not installed; apt-get install postgresql, or set {PostgresServer.Variable}.");
            throw new InvalidOperationException("There is no PostgreSQL.");
        }
        postgres = await PostgresServer.StartAsync(programs, ["fsync = off"], Token);
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync(Token);
        await using var role = new NpgsqlCommand("CREATE ROLE kpi_reader NOLOGIN", connection);
        await role.ExecuteNonQueryAsync(Token);
        return await postgres.CreateDatabaseAsync("kpi", null, Token);
    }

    private WorkerProcess Start() =>
        Installation.Run(
            "--Demo:HasOutages=false",
            "--Checks:PollSeconds=1",
            "--Checks:RestSeconds=1",
            "--Alerting:PollSeconds=1",
            "--Api:ReadsPerMinute=1000000"
        );

    private async Task AllIsQuietAsync(WorkerProcess worker)
    {
        await Eventually.SeesAsync("every set checked", UncheckedAsync, sets => sets == 0, Patience, Token, () => worker.Said);
        await Eventually.SeesAsync(
            "every threshold raised",
            UnraisedAsync,
            levels => levels == 0,
            Patience,
            Token,
            () => worker.Said
        );
        await Installation.AllPublishedAsync(worker);
    }

    // Of the levels that WorldEvents.Rain reaches.
    private Task<int> UnraisedAsync() =>
        CountAsync(
            """
            SELECT count(*)
            FROM (VALUES (12, 50, 'mua-12h/tu-50'), (24, 100, 'mua-24h/tu-100')) AS t (hours, reached, level) CROSS JOIN LATERAL (
                SELECT f.area FROM v_figure f
                WHERE f.set_code = 'lao-cai' AND f.indicator = 'LC-C01' AND f.measure = 'LC-C01.01' AND f.subject = 'luong-mua' AND f.freq = 'H'
                    AND f.year >= extract(year FROM now() - interval '1 day') AND NOT f.is_demo AND f.starts_at > now() - make_interval(hours => t.hours)
                GROUP BY f.area HAVING sum(f.value) >= t.reached
            ) AS r
            WHERE NOT EXISTS (SELECT 1 FROM alert a WHERE a.state <> 'resolved' AND a.key LIKE 'threshold:%/' || r.area || '/' || t.level)
            """
        );

    // No command tells it.
    private Task<int> UncheckedAsync()
    {
        var sets = string.Join(", ", Decisions.Sets.Select(set => $"('{set}')"));
        return CountAsync(
            $"""
            SELECT count(*) FROM (VALUES {sets}) AS s (code) LEFT JOIN finding_check c ON c.set_code = s.code
            WHERE c.checked_at IS NULL OR c.state <> 0
            """
        );
    }

    private async Task<int> CountAsync(string sql) =>
        int.Parse(await (database ?? throw NotStarted()).ValueAsync(sql), System.Globalization.CultureInfo.InvariantCulture);

    private async Task KillAsync(WorkerProcess worker)
    {
        await worker.KillAsync();
        Lost = [Moment.Label("kpi_worker_info", "holder")];
        await Eventually.SeesAsync(
            "that the claims of the killed worker have run out",
            () => CountAsync("SELECT count(*) FROM v_claim WHERE NOT is_expired"),
            claims => claims == 0,
            Patience,
            Token
        );
        await LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        // What was collected while it ended.
        if ((await Installation.StatusAsync()).GetProperty("waiting").GetInt64() > 0)
            await Installation.DoAsync("publish", "verify", "--set", "lao-cai");
        await ImportAsync(TestSet.Code, WorldEvents.Columns, $"TN-A01,TN-A01.01,,{TestSet.Communes[5]},2022-01,{++left}");
    }

    private static InvalidOperationException NotStarted() => new("Not started.");
}
