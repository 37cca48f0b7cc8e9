using System.CommandLine;
using System.Data.Common;
using KpiMetrics.Pipeline.Catalog.Areas;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands;

/// <summary>What the commands share: their common options, where they write, and how what goes wrong becomes an exit code.</summary>
internal sealed class CommandContext(Terminal terminal, TimeProvider clock, string[] configuration)
{
    public Terminal Terminal => terminal;

    public TimeProvider Clock => clock;

    public Option<string> Data { get; } =
        new("--data")
        {
            Description = "Folder of ledger and inbox; made where it is missing.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "./data",
            Recursive = true,
        };

    public Option<string[]> Sets { get; } =
        new("--sets")
        {
            Description =
                "Another folder with indicator sets (*.yaml) and areas/*.yaml; may be given several times. The setting Catalog:Sets names others that are read before.",
            HelpName = "DIR",
            DefaultValueFactory = _ => [],
            Recursive = true,
        };

    /// <exception cref="CommandException">A setting cannot be read.</exception>
    public EngineSettings Settings(ParseResult parsed)
    {
        var data = parsed.GetRequiredValue(Data);
        if (string.IsNullOrWhiteSpace(data))
            throw new CommandException($"--data is '{data}'; the name of a folder is needed.");
        var settings = EngineSettings.Configure(configuration);
        return new(Path.GetFullPath(data), [.. EngineSettings.SetsIn(settings), .. parsed.GetRequiredValue(Sets)], settings);
    }

    public Task<Engine> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Engine.OpenAsync(Settings(parsed), clock.GetUtcNow(), cancellationToken);

    /// <summary>Runs a command; what it cannot do becomes one line (one for each fault) and <see cref="ExitCode.Failed"/>.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Guarded(Func<ParseResult, CancellationToken, Task<int>> command) =>
        async (parsed, cancellationToken) =>
        {
            try
            {
                return await command(parsed, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return Failed("Stopped; nothing of what was under way was kept.");
            }
            catch (Exception fault) when (fault is CommandException or AreaImportException)
            {
                return Failed(fault.Message);
            }
            catch (DbException fault)
            {
                return Failed($"The ledger cannot be used: {fault.Message}");
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return Failed(fault.Message);
            }
            catch (Exception fault)
            {
                return Failed($"Not foreseen ({fault.GetType().Name}): {fault.Message}");
            }
        };

    private int Failed(string message)
    {
        terminal.ProgressDone();
        terminal.Error.WriteLine(message);
        return ExitCode.Failed;
    }
}
