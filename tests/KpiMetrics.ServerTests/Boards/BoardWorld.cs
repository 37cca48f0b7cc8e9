using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;
using Npgsql;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>
/// A province as the boards meet it: the demo's three years in PostgreSQL and InfluxDB, the reform figures of 2025 from both of their sources, and an emergency in
/// one commune. No worker runs unless a test starts one.
/// </summary>
public sealed class BoardWorld : IAsyncLifetime
{
    /// <summary>The commune with the emergency; one of the demo's.</summary>
    internal const string Commune = "02647";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private PostgresServer? postgres;
    private InfluxServer? influx;
    private Installation? installation;
    private BoardReader? reader;

    internal Installation Installation => installation ?? throw new InvalidOperationException("Not started.");

    internal BoardReader Reader => reader ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await CreateDatabaseAsync();
        influx = await InfluxServer.StartAsync(Token);
        installation = new Installation(influx) { HasDemo = true, Postgres = database };
        reader = new(influx.Url, influx.Database, database, CancellationToken.None);
        await using var worker = Start();
        await worker.WaitForLineAsync("Demo history is complete", Patience, Token);
        await Installation.DoAsync("import", Seeds.Forms, "--set", "cchc", "--source", "forms");
        await Installation.DoAsync("import", Seeds.Narrative, "--set", "cchc", "--source", "narrative");
        await Installation.DoAsync(
            "emergency",
            "start",
            "--areas",
            Commune,
            "--order",
            "1/CĐ",
            "--from",
            Local(-30),
            "--until",
            Local(3)
        );
        await worker.WaitForLineAsync("/H from demo: reports taken", Patience, Token);
        await worker.WaitForLineAsync("cchc: checked ", Patience, Token);
        await EndAsync(worker);
    }

    /// <summary>Runs a worker until all that a test imported is on the boards.</summary>
    public async Task PublishAsync()
    {
        await using var worker = Start();
        await worker.WaitForLineAsync("KpiMetrics is up", Patience, Token);
        await EndAsync(worker);
    }

    public async ValueTask DisposeAsync()
    {
        if (reader is not null)
            await reader.DisposeAsync();
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
        Installation.Run("--Demo:HasOutages=false", "--Checks:PollSeconds=1", "--Checks:RestSeconds=1");

    private async Task EndAsync(WorkerProcess worker)
    {
        await Installation.AllPublishedAsync(worker);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(20), Token));
        // What was collected while it ended.
        await Installation.DoAsync("publish", "verify");
    }

    private static string Local(int hours) => $"{TimeProvider.System.GetUtcNow().AddHours(hours + 7):yyyy-MM-ddTHH:mm}";
}
