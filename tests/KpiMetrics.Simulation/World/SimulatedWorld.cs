using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Simulation.World;

/// <summary>What stays the same for the whole run: folder, catalog, seed, first and last instant.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>A week before the year, so that it begins as a running system.</summary>
    public static readonly DateTimeOffset Start = LocalTime.At(2025, 12, 25, 7, 40);

    /// <summary>When what was due of the year is due, and a little more.</summary>
    public static readonly DateTimeOffset End = LocalTime.At(2027, 1, 8, 12);

    public SimulatedWorld(string folder, ulong seed)
    {
        (Folder, Seed) = (folder, seed);
        var reading = CatalogReader.Read(Path.Combine(AppContext.BaseDirectory, "seeds"), AreasFile(folder));
        Catalog =
            reading.Snapshot
            ?? throw new InvalidDataException(string.Join(Environment.NewLine, reading.Faults.Select(fault => fault.ToString())));
    }

    public string Folder { get; }

    public ulong Seed { get; }

    public CatalogSnapshot Catalog { get; }

    public string LedgerFile => Path.Combine(Folder, "ledger.db");

    /// <summary>The log of one process, by its number.</summary>
    public string LogFile(int number) =>
        Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"questions-{number:0000}.log"));

    /// <summary>All there are, in order of the processes.</summary>
    public IEnumerable<string> LogFiles => Directory.GetFiles(Folder, "questions-*.log").Order(StringComparer.Ordinal);

    /// <summary>Each duty with its indicator, as the jobs have them.</summary>
    public IEnumerable<(Duty Duty, IndicatorSet Set, Indicator Indicator)> Duties =>
        from set in Catalog.Sets
        from duty in DutyPlan.Of(set)
        select (duty, set, set.Indicators.First(indicator => indicator.Code == duty.Indicator));

    public static string AreasFile(string folder) => Path.Combine(folder, "areas", "communes.yaml");

    /// <summary>Identities of the areas that report to the set.</summary>
    public IReadOnlyList<Area> AreasOf(IndicatorSet set) =>
        [
            .. Catalog.Areas.Where(area =>
                area.To is null
                && area.Level == set.Level
                && (set.Level == AreaLevel.Commune ? area.Parent == set.Within : area.Code == set.Within)
            ),
        ];
}
