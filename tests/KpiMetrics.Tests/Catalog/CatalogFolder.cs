using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Catalog;

/// <summary>A temporary folder of set files, with a small faultless set whose lines tests replace.</summary>
public sealed class CatalogFolder : IDisposable
{
    public const string Set = """
        set: demo
        name: Bộ chỉ số
        authority: UBND tỉnh
        decision: "1/QĐ-UBND"
        date: 2025-10-08
        prefix: DM
        areas: {level: province, within: "24"}
        regime:
          - {from: 2025-01-01, windows: calendar}
        groups:
          - code: A
            name: NHÓM A
            indicators:
              - code: DM-A01
                number: "1"
                name: Cây lúa
                agency: Sở
                frequencies: [M]
                measures:
                  - {code: DM-A01.01, name: Sản lượng, kind: flow, aggregation: sum}
                  - {code: DM-A01.02, name: So, kind: ratio, aggregation: none, derived: {rule: yoy, inputs: [DM-A01.01]}}
                  - {code: DM-A01.03, name: Chỉ số, kind: index, aggregation: none, bases: [{from: 2016-03, base: "2014"}]}
                  - {code: DM-A01.04, name: Bản tin, kind: text, aggregation: none}

        """;

    public const string Areas = """
        areas:
          - {code: VN, name: Việt Nam, level: country, from: 1945-09-02}
          - {code: "24", name: Tỉnh Bắc Ninh, level: province, from: 2025-07-01, parent: VN}

        """;

    public CatalogFolder()
    {
        Write("areas/areas.yaml", Areas);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("kpi-catalog-").FullName;

    public static string RepositorySeeds { get; } = Path.Combine(Repository.Root, "seeds");

    /// <summary>The small set with a line, counted from 1, replaced (by several lines if need be).</summary>
    public static string With(int line, string replacement)
    {
        var lines = Set.Split('\n');
        lines[line - 1] = replacement;
        return string.Join('\n', lines);
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? Root);
        File.WriteAllText(path, text);
        return path;
    }

    public CatalogReading Read() => CatalogReader.Read(Root);

    /// <summary>The faults of a set file as <c>line: message</c>.</summary>
    public IReadOnlyList<string> FaultsOf(string set) => Faults("set.yaml", set);

    public IReadOnlyList<string> FaultsOfAreas(string areas)
    {
        Write("set.yaml", Set);
        return Faults("areas/areas.yaml", areas);
    }

    public IReadOnlyList<string> FaultsOfHolidays(string holidays)
    {
        Write("set.yaml", Set);
        return Faults("holidays/holidays.yaml", holidays);
    }

    public IndicatorSet SetOf(string set)
    {
        Assert.Empty(FaultsOf(set));
        return Assert.Single(Read().Snapshot?.Sets ?? []);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private IReadOnlyList<string> Faults(string name, string text)
    {
        var path = Write(name, text);
        var reading = Read();
        Assert.Equal(reading.Faults.Count == 0, reading.Snapshot is not null);
        Assert.All(reading.Faults, fault => Assert.Equal(path, fault.File));
        return [.. reading.Faults.Select(fault => $"{fault.Line}: {fault.Message}")];
    }
}
