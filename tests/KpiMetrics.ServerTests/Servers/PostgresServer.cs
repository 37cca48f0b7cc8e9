using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>A PostgreSQL of its own: fresh data in a temporary folder, a free port of 127.0.0.1, gone when disposed.</summary>
/// <remarks>PostgreSQL refuses to run as root: then it runs as user postgres, or as nobody where there is no such user.</remarks>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The folder with initdb, pg_ctl and postgres.</summary>
    public const string Variable = "PG_BIN";

    private const string User = "kpi";

    // After a crash in the middle of much work it reads minutes of its log before it answers.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string programs;
    private readonly string? disk;
    private readonly TestFolder folder = new();
    private readonly string password = Guid.NewGuid().ToString("N");
    private readonly int port = LocalPort.Free();
    private Process? process;

    private PostgresServer(string programs, string? disk) => (this.programs, this.disk) = (programs, disk);

    /// <summary>As a superuser, for Npgsql.</summary>
    public string ConnectionString =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port};Username={User};Password={password};Database=postgres"
        );

    private string Data => Path.Combine(disk ?? folder.Path, "data");

    private string Log => folder.File("log");

    /// <summary>The folder that <see cref="Variable"/> names, or the newest that Debian installed, or one on PATH; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;
        const string debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return installed
            .OrderByDescending(version =>
                int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var n) ? n : 0
            )
            .Select(version => Path.Combine(version, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "initdb")));
    }

    /// <summary>Makes the data folder, starts the server and waits until it answers.</summary>
    /// <param name="programs">See <see cref="Find"/>.</param>
    /// <param name="settings">Lines for postgresql.conf, such as <c>work_mem = 64MB</c>.</param>
    /// <param name="disk">A folder that all may enter, for the data, which are left there; null: they are beside the log and end with it.</param>
    /// <exception cref="InvalidOperationException">A program failed; the message has what it said.</exception>
    public static async Task<PostgresServer> StartAsync(
        string programs,
        IReadOnlyList<string> settings,
        CancellationToken cancellationToken,
        string? disk = null
    )
    {
        var server = new PostgresServer(programs, disk);
        try
        {
            await server.InitAsync(settings, cancellationToken);
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a database and gives the string to use it, as a superuser.</summary>
    /// <param name="template">Another one to copy, which nobody may use meanwhile; null: it is empty.</param>
    public async Task<string> CreateDatabaseAsync(string name, string? template, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template ?? "template0"}", cancellationToken);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Drops the database of the string, whoever still uses it.</summary>
    public Task DropDatabaseAsync(string database, CancellationToken cancellationToken) =>
        ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(database).Database} WITH (FORCE)", cancellationToken);

    /// <summary>Starts the server after <see cref="StopAsync"/>, on the same port and data, and waits until it answers.</summary>
    /// <exception cref="TimeoutException">It did not within 3 min; the message has what it logged.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        // A child, not a daemon of pg_ctl's, so that Ctrl-C on us reaches it too.
        string[] logged = ["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1", "sh", Log];
        var server = Start("/bin/sh", [.. logged, .. Command("postgres", ["-D", Data])]);
        process = server;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        try
        {
            while (!IsReady())
            {
                if (server.HasExited)
                    throw new InvalidOperationException($"PostgreSQL ended with {server.ExitCode}: {Logged()}");
                await tick.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"PostgreSQL was not ready within {Patience.TotalSeconds} s: {Logged()}", late);
        }
    }

    /// <summary>What somebody does who looks after a server: starts it again where it ended by itself, and waits until it lets somebody in.</summary>
    /// <returns>Whether it had ended.</returns>
    /// <exception cref="TimeoutException">It let nobody in within 3 min; the message has what it logged.</exception>
    public async Task<bool> ReviveAsync(CancellationToken cancellationToken)
    {
        var hadEnded = false;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (!await LetsInAsync(deadline.Token))
            {
                if (process is { HasExited: true } ended)
                {
                    hadEnded = true;
                    process = null;
                    ended.Dispose();
                    await StartAgainAsync(deadline.Token);
                }
                await tick.WaitForNextTickAsync(deadline.Token);
            }
            return hadEnded;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"PostgreSQL let nobody in within {Patience.TotalSeconds} s: {Logged()}", late);
        }
    }

    /// <summary>Ends the server by its own process id; does nothing where it does not run.</summary>
    /// <param name="crash">Without a checkpoint: the next start recovers from the log.</param>
    public async Task StopAsync(bool crash = false)
    {
        if (process is not { } running)
            return;
        process = null;
        using (running)
        {
            if (!running.HasExited)
                await RunAsync(
                    "pg_ctl",
                    ["stop", "-D", Data, "-w", "-s", "-m", crash ? "immediate" : "fast"],
                    CancellationToken.None
                );
            await running.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>SIGKILL to the postmaster alone, as the system does when memory runs out; then waits until its children have noticed.</summary>
    public async Task KillAsync()
    {
        if (process is not { } running)
            return;
        process = null;
        using (running)
        {
            var children = File.ReadAllText(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{running.Id}/task/{running.Id}/children")
            );
            running.Kill();
            await running.WaitForExitAsync(CancellationToken.None);
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(child => Directory.Exists($"/proc/{child}")))
                await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    /// <summary>As pg_ctl does: the server says so itself, in line 8 of its pid file; a file of an earlier server has another process id.</summary>
    private bool IsReady()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        return lines.Length >= 8 && lines[0] == process?.Id.ToString(CultureInfo.InvariantCulture) && lines[7].Trim() == "ready";
    }

    private async Task InitAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var secret = folder.File("password");
        await File.WriteAllTextAsync(secret, password, cancellationToken);
        Directory.CreateDirectory(Data);
        if (Account() is { } account)
            await ExecuteAsync("chown", ["-R", $"{account.User}:{account.Group}", folder.Path, Data], cancellationToken);
        string[] identity = ["-U", User, "-A", "scram-sha-256", $"--pwfile={secret}"];
        await RunAsync("initdb", ["-D", Data, .. identity, "-E", "UTF8", "--no-locale", "--no-sync"], cancellationToken);
        string[] own =
        [
            "listen_addresses = '127.0.0.1'",
            string.Create(CultureInfo.InvariantCulture, $"port = {port}"),
            $"unix_socket_directories = '{folder.Path}'",
        ];
        await File.AppendAllLinesAsync(Path.Combine(Data, "postgresql.conf"), [.. own, .. settings], cancellationToken);
    }

    private Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var command = Command(program, arguments);
        return ExecuteAsync(command[0], command[1..], cancellationToken);
    }

    private string[] Command(string program, IReadOnlyList<string> arguments)
    {
        string[] command = [Path.Combine(programs, program), .. arguments];
        return Account() is { } account
            ? ["setpriv", $"--reuid={account.User}", $"--regid={account.Group}", "--clear-groups", .. command]
            : command;
    }

    /// <summary>Whom to run as; null: as ourselves.</summary>
    private static (string User, string Group)? Account()
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToList();
        var account =
            accounts.Find(fields => fields[0] == "postgres")
            ?? accounts.Find(fields => fields[0] == "nobody")
            ?? throw new InvalidOperationException(
                "PostgreSQL cannot run as root, and /etc/passwd has neither postgres nor nobody."
            );
        return (account[2], account[3]);
    }

    private async Task ExecuteAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var execution = Start(program, arguments, redirect: true);
        var output = execution.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await execution.StandardError.ReadToEndAsync(cancellationToken);
        var said = await output + errors;
        await execution.WaitForExitAsync(cancellationToken);
        if (execution.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {execution.ExitCode}: {said}{Logged()}");
    }

    private Process Start(string program, IReadOnlyList<string> arguments, bool redirect = false)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
            WorkingDirectory = folder.Path,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<bool> LetsInAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync("SELECT 1", cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // it is not there, or recovers
        }
    }

    private string Logged() => File.Exists(Log) ? File.ReadAllText(Log) : "";
}
