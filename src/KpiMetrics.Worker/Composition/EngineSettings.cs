using KpiMetrics.Pipeline.Catalog.Areas;
using KpiMetrics.Worker.Demo;
using Microsoft.Extensions.Configuration;

namespace KpiMetrics.Worker.Composition;

/// <summary>What every command is told: where the data lies, which sets there are, and the configuration.</summary>
/// <param name="Data">The data folder; made where it is missing.</param>
/// <param name="Sets">Folders with sets besides the ones that come with the program.</param>
public sealed record EngineSettings(string Data, IReadOnlyList<string> Sets, IConfiguration Configuration)
{
    /// <summary>The sets that come with the program.</summary>
    public static string Seeds => Path.Combine(AppContext.BaseDirectory, "seeds");

    public LedgerOptions Ledger => Configuration.GetSection(LedgerOptions.Section).Get<LedgerOptions>() ?? new();

    /// <summary>The ledger, where no PostgreSQL is named.</summary>
    public string LedgerFile => Path.Combine(Data, "ledger.db");

    /// <summary>The areas that were imported.</summary>
    public AreaStore Areas => new(Path.Combine(Data, "areas"));

    /// <summary>What the catalog is read from besides <see cref="Areas"/> and the demo.</summary>
    public IReadOnlyList<string> OwnFolders => [Seeds, .. Sets];

    /// <summary>What the catalog is read from besides <see cref="Areas"/>.</summary>
    public IReadOnlyList<string> CatalogFolders => IsDemo ? [.. OwnFolders, DemoFiles.Folder] : OwnFolders;

    /// <summary>True where made-up figures and their areas are there.</summary>
    public bool IsDemo =>
        Configuration.GetSection(DemoOptions.Section)["Enabled"] is not { } said || !bool.TryParse(said, out var isOn) || isOn;

    /// <summary>The folders with sets that a configuration names, <c>Catalog:Sets:0</c> and so on; what is empty names none.</summary>
    public static IEnumerable<string> SetsIn(IConfiguration configuration) =>
        (configuration.GetSection("Catalog:Sets").Get<string[]>() ?? []).Where(folder => !string.IsNullOrWhiteSpace(folder));

    /// <summary>Where answers that could not be understood are kept.</summary>
    public string FailedAnswers => Path.Combine(Data, "failed");

    public string Inbox => Path.Combine(Data, "inbox");

    /// <summary>
    /// appsettings.json beside the program and in the working folder, the environment, the files of the folder that <c>Secrets:Folder</c> names (each a setting,
    /// <c>Influx__Token</c>), then <paramref name="arguments"/>.
    /// </summary>
    /// <exception cref="CommandException">A file is not JSON, an argument is no setting, or there is no such folder.</exception>
    public static IConfiguration Configure(string[] arguments)
    {
        try
        {
            var open = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddCommandLine(arguments)
                .Build();
            return open["Secrets:Folder"] is { Length: > 0 } secrets ? WithSecrets(open, secrets, arguments) : open;
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException)
        {
            throw new CommandException($"{fault.Message} {fault.GetBaseException().Message}");
        }
    }

    private static IConfigurationRoot WithSecrets(IConfiguration open, string folder, string[] arguments)
    {
        var full = Path.GetFullPath(folder);
        return Directory.Exists(full)
            ? new ConfigurationBuilder()
                .AddConfiguration(open)
                .AddKeyPerFile(full, optional: false)
                .AddCommandLine(arguments)
                .Build()
            : throw new CommandException($"Secrets:Folder is '{folder}', which is no folder.");
    }
}
