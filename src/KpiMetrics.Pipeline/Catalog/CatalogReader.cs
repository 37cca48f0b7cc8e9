using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Catalog.Rules;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Catalog.Areas;
using KpiMetrics.Pipeline.Catalog.Yaml;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>Reads set files, area files and files of holidays, checks all rules, and gathers every fault before it gives up.</summary>
public sealed class CatalogReader
{
    private readonly Places places = new();
    private readonly List<FaultLog> logs = [];
    private readonly List<IndicatorSet> sets = [];
    private readonly Dictionary<IndicatorSet, string> files = new(ReferenceEqualityComparer.Instance);
    private readonly List<ReplacedSet> replaced = [];
    private readonly List<AreaEntry> entries = [];
    private readonly List<WorkingYear> years = [];
    private IReadOnlyList<Area> areas = [];
    private bool areasAreWhole = true;

    private CatalogReader() { }

    /// <summary>
    /// Reads what <paramref name="paths"/> name: folders of <c>*.yaml</c> sets with their <c>areas/*.yaml</c>, <c>areas/*.csv</c> and <c>holidays/*.yaml</c>, or single files.
    /// Of a year in two files of holidays the later read counts, and of sets with one code in two folders that of the folder named later; in one folder they are
    /// a fault. A file named twice is read once. Bad input gives faults, never an exception.
    /// </summary>
    public static CatalogReading Read(params IEnumerable<string> paths)
    {
        var reader = new CatalogReader();
        foreach (var file in CatalogFiles.Find(paths))
            reader.ReadFile(file);
        reader.areas = AreaMerge.Merge(reader.entries, reader.places);
        reader.CheckRules();
        return new(
            [.. reader.logs.SelectMany(log => log.Sorted())],
            reader.replaced,
            () => new(reader.sets, reader.areas, new WorkingCalendar(reader.years))
        );
    }

    private void ReadFile(CatalogFile file)
    {
        var log = new FaultLog(file.Path);
        logs.Add(log);
        if (file.Problem is not null)
            log.Add(1, file.Problem);
        if (file.Problem is null && file.IsList)
        {
            areasAreWhole &= AreaList.TryRead(file.Path, log, places, out var list);
            entries.AddRange(list);
            return;
        }
        var shape = file.Kind switch
        {
            CatalogFileKind.Areas => CatalogShapes.AreaFile,
            CatalogFileKind.Holidays => CatalogShapes.HolidayFile,
            _ => CatalogShapes.Set,
        };
        var root = file.Problem is null ? YamlFile.Read(file.Path, log) : null;
        if (root is YamlMap map)
            ReadRoot(new(map, shape, log, places), file);
        else
            areasAreWhole &= !file.IsAreas;
        if (root is YamlScalar or YamlList)
            log.Add(root.Line, $"the file is {root.Description}; expected a mapping of {shape.Allowed}");
    }

    private void ReadRoot(MapReader map, CatalogFile file)
    {
        if (file.Kind == CatalogFileKind.Holidays)
        {
            var read = HolidayMapping.Read(map);
            years.AddRange(read);
            Report(HolidayYears.Check(read));
            return;
        }
        if (file.Kind == CatalogFileKind.Areas)
        {
            entries.AddRange(map.Each("areas", CatalogShapes.Area, area => new AreaEntry(AreaMapping.Read(area), false, area)));
            areasAreWhole &= map.CouldRead("areas");
            return;
        }
        var set = SetMapping.Read(map);
        places.Add(set, map);
        TakePlaces(set, file.Path);
        sets.Add(set);
    }

    // A province's own version of a set that comes along stands in a folder that is named after the program's.
    private void TakePlaces(IndicatorSet set, string path)
    {
        var folder = FolderOf(path);
        files[set] = path;
        if (set.Code.Length == 0)
            return;
        replaced.AddRange(sets.Where(IsEarlier).Select(other => new ReplacedSet(set.Code, path, files[other])));
        sets.RemoveAll(IsEarlier);

        bool IsEarlier(IndicatorSet other) => other.Code == set.Code && FolderOf(files[other]) != folder;
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";

    private void CheckRules()
    {
        Report(CatalogRules.ForAreas.SelectMany(rule => rule.Check(areas)));
        foreach (var set in sets)
        {
            Report(CatalogRules.ForOneSet.SelectMany(rule => rule.Check(set)));
            Report(new UniqueSets(sets).Check(set));
            if (areasAreWhole)
                Report([
                    .. new WithinIsKnown(areas).Check(set),
                    .. new SeasonAreas(areas).Check(set),
                    .. new ThresholdAreas(areas).Check(set),
                    .. new EventAreas(areas).Check(set),
                ]);
        }
    }

    private void Report(IEnumerable<RuleFault> faults)
    {
        foreach (var fault in faults)
            places.Of(fault.Place).Report(fault.Message, fault.Keys);
    }
}
