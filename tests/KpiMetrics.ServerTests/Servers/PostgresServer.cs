using System.Diagnostics;
using System.Globalization;

namespace KpiMetrics.ServerTests.Servers;

/// <summary>A PostgreSQL of its own: fresh data in a temporary folder, a free port of 127.0.0.1, gone when disposed.</summary>
/// <remarks>PostgreSQL refuses to run as root: then it runs as user postgres, or as nobody where there is no such user.</remarks>
internal sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The folder with initdb, pg_ctl and postgres.</summary>
    public const string Variable = "PG_BIN";

    private const string User = "kpi";

    private readonly string programs;
    private readonly TestFolder folder = new();
    private readonly string password = Guid.NewGuid().ToString("N");
    private readonly int port = LocalPort.Free();

    private PostgresServer(string programs) => this.programs = programs;

    /// <summary>As a superuser, for Npgsql.</summary>
    public string ConnectionString =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port};Username={User};Password={password};Database=postgres"
        );

    private string Data => folder.File("data");

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
    /// <exception cref="InvalidOperationException">A program failed; the message has what it said.</exception>
    public static async Task<PostgresServer> StartAsync(
        string programs,
        IReadOnlyList<string> settings,
        CancellationToken cancellationToken
    )
    {
        var server = new PostgresServer(programs);
        try
        {
            await server.InitAsync(settings, cancellationToken);
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            server.folder.Dispose();
            throw;
        }
    }

    /// <summary>Starts the server after <see cref="StopAsync"/>, on the same port and data.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) =>
        RunAsync("pg_ctl", ["start", "-D", Data, "-w", "-s", "-l", folder.File("log")], cancellationToken);

    /// <summary>Ends the server, as pg_ctl does: by the process id in its own data folder. Does nothing where it does not run.</summary>
    /// <param name="crash">Without a checkpoint: the next start recovers from the log.</param>
    public async Task StopAsync(bool crash = false)
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await RunAsync(
                "pg_ctl",
                ["stop", "-D", Data, "-w", "-s", "-m", crash ? "immediate" : "fast"],
                CancellationToken.None
            );
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private async Task InitAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var secret = folder.File("password");
        await File.WriteAllTextAsync(secret, password, cancellationToken);
        if (Account() is { } account)
            await ExecuteAsync("chown", ["-R", $"{account.User}:{account.Group}", folder.Path], cancellationToken);
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
        var path = Path.Combine(programs, program);
        return Account() is { } account
            ? ExecuteAsync(
                "setpriv",
                [$"--reuid={account.User}", $"--regid={account.Group}", "--clear-groups", path, .. arguments],
                cancellationToken
            )
            : ExecuteAsync(path, arguments, cancellationToken);
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
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        var said = await output + errors;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode == 0)
            return;
        var log = folder.File("log");
        var logged = File.Exists(log) ? await File.ReadAllTextAsync(log, cancellationToken) : "";
        throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said}{logged}");
    }
}
