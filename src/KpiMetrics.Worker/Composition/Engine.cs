using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Worker.Composition;

/// <summary>The parts that commands and worker share, put together once.</summary>
public sealed class Engine
{
    private Engine(EngineSettings settings, CatalogSnapshot catalog, ILedgerStore ledger)
    {
        Settings = settings;
        Catalog = catalog;
        Ledger = ledger;
        Intake = new(catalog, ledger, VietnamTime.Zone);
        Figures = new(catalog, ledger);
    }

    public EngineSettings Settings { get; }

    public CatalogSnapshot Catalog { get; }

    public ILedgerStore Ledger { get; }

    public ReportIntake Intake { get; }

    public DerivedFigures Figures { get; }

    /// <summary>Lets this process publish from the ledger where no other does.</summary>
    /// <param name="rests">Whether changes gather after each turn.</param>
    internal PublishGate PublishGate(InfluxOptions options, TimeProvider clock, bool rests = false) =>
        new(Ledger, ProcessName.Own, ProcessName.IsGone, TimeSpan.FromSeconds(options.TimeoutSeconds), clock) { Rests = rests };

    /// <summary>Reads the catalog and opens the ledger, bringing it to this build's schema.</summary>
    /// <exception cref="CommandException">The catalog has faults, or the ledger cannot be used.</exception>
    public static async Task<Engine> OpenAsync(EngineSettings settings, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var catalog = ReadCatalog(settings);
        var ledger = LedgerStores.Find(settings);
        await LedgerStores.MigrateAsync(ledger, at, cancellationToken);
        return new(settings, catalog, ledger);
    }

    /// <summary>Shows the catalog's names to those who read the ledger itself.</summary>
    /// <exception cref="CommandException">The site file has faults, each a line of the message.</exception>
    public Task<bool> KeepCatalogAsync(CancellationToken cancellationToken) =>
        Ledger.KeepCatalogAsync(Catalog, PulledIndicators.Of(this), cancellationToken);

    /// <summary>All that the settings name, with the demo's areas while it is on.</summary>
    /// <exception cref="CommandException">The catalog has faults; each is a line of the message.</exception>
    public static CatalogSnapshot ReadCatalog(EngineSettings settings) => ReadCatalog(settings, settings.CatalogFolders);

    /// <summary>The imported areas and what the folders hold.</summary>
    /// <exception cref="CommandException">The catalog has faults; each is a line of the message.</exception>
    public static CatalogSnapshot ReadCatalog(EngineSettings settings, IReadOnlyList<string> folders)
    {
        foreach (var folder in settings.Sets.Where(folder => !Directory.Exists(folder)))
            throw new CommandException($"'{folder}' is not a folder (--sets or Catalog:Sets).");
        var reading = CatalogReader.Read([.. folders, .. settings.Areas.Files]);
        return reading.Snapshot
            ?? throw new CommandException(
                string.Join(
                    Environment.NewLine,
                    [.. reading.Faults.Select(fault => fault.ToString()), "The catalog has faults; nothing was done."]
                )
            );
    }

    /// <summary>The set with the code.</summary>
    /// <exception cref="CommandException">There is none; the message names those there are.</exception>
    public static IndicatorSet FindSet(CatalogSnapshot catalog, string code) =>
        catalog.FindSet(code)
        ?? throw new CommandException(
            $"There is no set '{code}'; allowed: {string.Join(", ", catalog.Sets.Select(set => set.Code))}."
        );
}
