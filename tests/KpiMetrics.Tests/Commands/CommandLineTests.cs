using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace KpiMetrics.Tests.Commands;

/// <summary>What all commands share: options, settings, ledgers that cannot be used.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("", "run catalog import export plan publish --data --sets")]
    [InlineData("run", "--data --sets")]
    [InlineData("catalog", "check list diff")]
    [InlineData("catalog check", "PATH --data --sets")]
    [InlineData("catalog list", "--set --json")]
    [InlineData("catalog diff", "OLD NEW --json")]
    [InlineData("import", "FILE --set --source --received-at --locale --dry-run --data --sets")]
    [InlineData("export", "--set --indicator --measure --area --freq --from --to --as-of --format --data --sets")]
    [InlineData("plan", "import list")]
    [InlineData("plan import", "FILE --set --received-at --locale --dry-run --data --sets")]
    [InlineData("plan list", "--set --measure --area --year --as-of --json")]
    [InlineData("publish", "status rebuild")]
    [InlineData("publish status", "--json")]
    [InlineData("publish rebuild", "--data --sets")]
    public async Task Help_EachCommand_ShowsItsOptions(string command, string shown)
    {
        var result = await cli.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.All(shown.Split(' '), name => Assert.Contains(name, result.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'nonsense'", "nonsense")]
    [InlineData("'--foo'", "export", "--set", "cchc", "--foo")]
    [InlineData("'--set'", "export")]
    [InlineData("'FILE'", "import", "--set", "cchc")]
    [InlineData("--sett", "catalog", "list", "--sett", "cchc")]
    public async Task AnyCommand_UnknownOrMissingWord_FailsAndNamesIt(string named, params string[] arguments)
    {
        var result = await cli.RunAsync(arguments);

        Assert.Equal(1, result.Exit);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Influx:Version is 9; allowed are 1 and 2.", "--Influx:Version=9")]
    [InlineData("Influx:Version is 9; allowed are 1 and 2.", "--Influx:Version", "9")]
    [InlineData(
        "The settings cannot be read: Failed to convert configuration value 'x' at 'Influx:Version'",
        "--Influx:Version=x"
    )]
    [InlineData("Inbox:PollSeconds is '0': ", "--Inbox:PollSeconds=0")]
    [InlineData("Checks:PollSeconds is '0': ", "--Checks:PollSeconds=0")]
    [InlineData("Checks:RestSeconds is '-1': ", "--Checks:RestSeconds=-1")]
    [InlineData(
        "Alerting:Alertmanagers:0 is no address; write one such as http://127.0.0.1:9093",
        "--Alerting:Alertmanagers:0=x"
    )]
    [InlineData("Alerting:PollSeconds is 0; allowed 1..3600.", "--Alerting:PollSeconds=0")]
    [InlineData("Alerting:HoldSeconds is 60; allowed: three times ResendSeconds (60) and more", "--Alerting:HoldSeconds=60")]
    [InlineData("Schedule:PublishSeconds is 0; allowed 1..3600.", "--Schedule:PublishSeconds=0")]
    [InlineData("Schedule:Cron:Y is no frequency; allowed: H, D, W, M, Q, S, A.", "--Schedule:Cron:Y=0 0 * * * ?")]
    [InlineData("Schedule:Cron:M is 'monthly', which is not a Quartz cron expression", "--Schedule:Cron:M=monthly")]
    public async Task Settings_Fault_IsReportedWithItsPlace(string message, params string[] settings) =>
        (await cli.RunAsync(["publish", "status", .. settings])).FailedWith(message);

    [Fact]
    public async Task Settings_SeveralFaults_AreReportedTogether()
    {
        var result = await cli.RunAsync("run", "--Influx:Version=9", "--Inbox:SettleSeconds=-1", "--Schedule:Cron:M=x");

        Assert.Equal((1, 3), (result.Exit, result.Error.TrimEnd('\n').Split('\n').Length));
    }

    [Theory]
    [InlineData("Schedule:Cron:A is '0 0 0 1 1 ? 2020', which never comes again.", "--Schedule:Cron:A=0 0 0 1 1 ? 2020")]
    [InlineData("no-site.yaml:1: the file cannot be read", "--Site:File=no-site.yaml")]
    [InlineData("Configuration value 'Loud' is not supported.", "--Logging:LogLevel:Default=Loud")]
    public async Task Run_SettingsThatNoWorkerCanRunBy_EndItAtOnce(string message, params string[] settings) =>
        (await cli.RunAsync(["run", .. settings])).FailedWith(message);

    [Fact]
    public async Task Run_SiteFileWithFaults_SaysThemAllWithTheirLines()
    {
        var file = cli.Folder.Write(
            "data/site.yaml",
            "sources:\n  - {kind: htp, name: a}\n  - {kind: inbox, name: b, set: cchc, agency: Sở, folder: inbox/b}\n"
        );

        var result = await cli.RunAsync("run");

        result.FailedWith($"{file}:2: site: 'kind' is 'htp', did you mean 'http'; allowed: http, sql, inbox");
        result.FailedWith($"{file}:3: source 'b': 'agency' is 'Sở'");
        result.FailedWith($"{file}:3: source 'b': 'folder' is ");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Data_Empty_IsRefused(string data) =>
        (await cli.RunAsync("export", "--set", "cchc", "--data", data)).Failed(
            $"--data is '{data}'; the name of a folder is needed."
        );

    [Fact]
    public async Task Data_CannotBeMade_IsSaid()
    {
        var file = cli.Folder.Write("file", "");

        (await cli.RunAsync("export", "--set", "cchc", "--data", file)).FailedWith(file);
        (await cli.RunAsync("export", "--set", "cchc", "--data", Path.Combine(file, "data"))).FailedWith(file);
    }

    [Fact]
    public async Task Ledger_IsNoDatabase_IsSaidWithItsName()
    {
        var ledger = cli.Folder.Write("data/ledger.db", new string('x', 5000));

        (await cli.RunAsync("publish", "status")).Failed(
            $"The ledger '{ledger}' cannot be used: SQLite Error 26: 'file is not a database'."
        );
        Assert.Equal(new string('x', 5000), await File.ReadAllTextAsync(ledger, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ledger_NewerThanTheBuild_IsLeftAlone()
    {
        await cli.RunAsync("publish", "status");
        await using (var connection = new SqliteConnection($"Data Source={cli.Folder.File("data/ledger.db")}"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO schema_migration VALUES (999, '0999_later', 0)";
            command.ExecuteNonQuery();
        }

        (await cli.RunAsync("publish", "status")).FailedWith("is at schema 999, this build knows ");
    }

    [Fact]
    public async Task PublishStatus_WithoutInfluxDb_ShowsWhatWaits()
    {
        await cli.ImportAsync([], "CC-F101,CC-F101.01,24,2025,60,");

        var text = await cli.RunAsync("publish", "status");
        using var json = JsonDocument.Parse((await cli.RunAsync("publish", "status", "--json")).Out);

        Assert.Equal(
            [
                "InfluxDB   not configured (Influx:Url): points wait",
                "waiting    1 changed figures, the oldest since 2026-11-20T14:00:00+07:00",
                "published  0 points",
                "refused    0 points",
            ],
            text.Lines
        );
        Assert.Equal(
            ["configured=False", "waiting=1", "oldest=2026-11-20T14:00:00+07:00", "published=0", "refused=0"],
            json.RootElement.EnumerateObject().Select(property => $"{property.Name}={property.Value}")
        );
    }

    [Fact]
    public async Task PublishRebuild_WithoutInfluxDb_SaysWhatToSet() =>
        (await cli.RunAsync("publish", "rebuild")).Failed(
            "InfluxDB is not configured; set Influx:Url, for example Influx__Url=http://127.0.0.1:8086."
        );

    [Fact]
    public async Task PublishRebuild_InfluxDbAway_LeavesTheRestInTheOutbox()
    {
        await cli.ImportAsync([], "CC-F101,CC-F101.01,24,2025,60,");

        var result = await cli.RunAsync(
            "publish",
            "rebuild",
            "--Influx:Url=http://127.0.0.1:1",
            "--Influx:Password=s3cr3t",
            "--Influx:User=u"
        );

        Assert.Equal((1, "1 figures to publish\n"), (result.Exit, result.Out));
        Assert.EndsWith("; what is left waits in the outbox\n", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", result.Error, StringComparison.Ordinal);
    }
}
