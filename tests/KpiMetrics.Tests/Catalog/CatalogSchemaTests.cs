using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Tests.Catalog;

/// <summary>The schemas that editors use and the reader must allow the same keys and words.</summary>
public sealed class CatalogSchemaTests : IDisposable
{
    private static readonly JsonElement Sets = Definitions("indicator-set.schema.json");
    private static readonly JsonElement Areas = Definitions("areas/areas.schema.json");
    private static readonly JsonElement Holidays = Definitions("holidays/holidays.schema.json");

    // A set and an area file with every kind of mapping once; each is written as a block so that a key can be taken out.
    private const string FullSet = """
        set: demo
        name: Bộ
        authority: UBND
        decision: Số 1
        date: 2025-10
        prefix: DM
        areas:
          level: province
          within: "24"
        regime:
          - from: 2025-01-01
            windows: calendar
            due:
              M: 5d 17:00
            grace:
              M: 3d
            agencies:
              - name: Sở
                due: last-day-of-period
        seasons:
          - code: dong-xuan
            name: Vụ đông xuân
            year: 2025
            from: 2024-11-15
            to: 2025-05-31
        events:
          - name: Bão số 10
            from: 2025-09-28
            to: 2025-10-02
            areas: ["24"]
            indicators: [DM-A01]
        agencies:
          - name: Sở
        rules:
          - text: Phải
            origin: Điều 1
        replaces:
          - decision: Số 0
            date: 2024-01-01
            authority: UBND
        groups:
          - code: A
            name: NHÓM
            indicators:
              - code: DM-A01
                number: "1"
                name: Cây
                agency: Sở
                frequencies: [H, M]
                from: 2025-07-01
                replaces:
                  code: DM-A02
                  continues: true
                was:
                  - to: 2025-12-31
                    name: Cây trồng
                subjects:
                  - code: lua
                    name: Lúa
                measures:
                  - code: DM-A01.01
                    name: Chỉ số
                    kind: index
                    aggregation: none
                    bases:
                      - from: 2016-03
                        base: "2014"
                  - code: DM-A01.02
                    name: So
                    kind: ratio
                    aggregation: none
                    derived:
                      rule: yoy
                      inputs: [DM-A01.01]
                  - code: DM-A01.03
                    name: Tỷ lệ
                    kind: ratio
                    aggregation: none
                    identities:
                      - rule: equal
                        inputs: [DM-A01.01]
                    was:
                      - to: 2025-12-31
                        name: Tỷ
                  - code: DM-A01.04
                    name: Mưa
                    kind: flow
                    aggregation: sum
                    thresholds:
                      - code: mua-6h
                        name: Mưa 6 giờ
                        kind: sum
                        hours: 6
                        unit: mm
                        margin: 10
                        levels:
                          - code: muc-1
                            name: mưa to
                            at: 100
                            severity: warning
              - code: DM-A02
                number: "2"
                name: Cây cũ
                agency: Sở
                frequencies: [M]
                to: 2025-06-30
                measures:
                  - code: DM-A02.01
                    name: Chỉ số
                    kind: index
                    aggregation: none

        """;

    private const string FullAreas = """
        areas:
          - code: "24"
            name: Tỉnh Bắc Ninh
            level: province
            from: 2025-07-01
            predecessors:
              - code: "24"
          - code: "24"
            name: Tỉnh Bắc Giang
            level: province
            from: 1997-01-01
            to: 2025-06-30

        """;

    private const string FullHolidays = """
        version: "1"
        years:
          - year: 2026
            off:
              - from: 2026-01-01
                to: 2026-01-02
                name: Tết
            worked:
              - day: 2026-01-10
                for: 2026-01-02

        """;

    private readonly CatalogFolder folder = new();

    public static TheoryData<string> Shapes => [.. All.Select(shape => shape.Name)];

    private static IEnumerable<CatalogShape> All =>
        [.. CatalogShapes.OfSets, .. CatalogShapes.OfAreas, .. CatalogShapes.OfHolidays];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Schema_EachMapping_AllowsAndRequiresTheKeysOfTheReader(string name)
    {
        var (shape, definition) = Find(name);
        Assert.Equal(
            shape.Required.Concat(shape.Optional).Order(),
            definition.GetProperty("properties").EnumerateObject().Select(key => key.Name).Order()
        );
        Assert.Equal(shape.Required.Order(), Texts(definition.GetProperty("required")).Order());
        Assert.False(definition.GetProperty("additionalProperties").GetBoolean());
        Assert.NotEmpty(definition.GetProperty("description").GetString() ?? "");
    }

    [Fact]
    public void Schema_Objects_AreAllKnownToTheReader()
    {
        Assert.Equal(CatalogShapes.OfSets.Select(shape => shape.Name).Order(), Objects(Sets).Order());
        Assert.Equal(CatalogShapes.OfAreas.Select(shape => shape.Name).Order(), Objects(Areas).Order());
        Assert.Equal(CatalogShapes.OfHolidays.Select(shape => shape.Name).Order(), Objects(Holidays).Order());
    }

    [Fact]
    public void Schema_Words_AreThoseOfTheReader()
    {
        Assert.Equal(Vocabularies.Frequencies.Words, Texts(Sets.GetProperty("frequency").GetProperty("enum")));
        Assert.Equal(Vocabularies.Levels.Words, Texts(Sets.GetProperty("level").GetProperty("enum")));
        Assert.Equal(Vocabularies.Levels.Words, Texts(Areas.GetProperty("level").GetProperty("enum")));
        Assert.Equal(Vocabularies.WindowRules.Words, Words("regimeRule", "windows"));
        Assert.Equal(Vocabularies.Obligeds.Words, Words("set", "obliged"));
        Assert.Equal(Vocabularies.Frequencies.Words, Keys("dueRules"));
        Assert.Equal(Vocabularies.Frequencies.Words, Keys("graceRules"));
        Assert.Equal(Vocabularies.Kinds.Words, Words("measure", "kind"));
        Assert.Equal(Vocabularies.Aggregations.Words, Words("measure", "aggregation"));
        Assert.Equal(Vocabularies.DerivedRules.Words, Words("derived", "rule"));
        Assert.Equal(Vocabularies.OverTimes.Words, Words("measure", "over_time"));
        Assert.Equal(Vocabularies.IdentityRules.Words, Words("identity", "rule"));
        Assert.Equal(Vocabularies.ThresholdKinds.Words, Words("threshold", "kind"));
        Assert.Equal(Vocabularies.Severities.Words, Words("thresholdLevel", "severity"));
    }

    [Fact]
    public void Schema_CodePatterns_AreThoseOfTheRules()
    {
        Assert.Equal(CodePatterns.Lower, Property(Sets, "set", "set").GetProperty("pattern").GetString());
        Assert.Equal(CodePatterns.Lower, Property(Sets, "subject", "code").GetProperty("pattern").GetString());
        Assert.Equal(CodePatterns.Lower, Property(Sets, "threshold", "code").GetProperty("pattern").GetString());
        Assert.Equal(CodePatterns.Lower, Property(Sets, "thresholdLevel", "code").GetProperty("pattern").GetString());
        Assert.Equal(CodePatterns.Upper, Property(Sets, "set", "prefix").GetProperty("pattern").GetString());
        Assert.Equal(CodePatterns.Upper, Property(Sets, "group", "code").GetProperty("pattern").GetString());
        Assert.Equal(CodePatterns.Upper, Property(Areas, "area", "code").GetProperty("pattern").GetString());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Reader_AnyRequiredKeyOfTheSchemaLeftOut_SaysThatItIsMissing(string name)
    {
        var (_, definition) = Find(name);
        var (file, full) = name switch
        {
            _ when CatalogShapes.OfHolidays.Any(shape => shape.Name == name) => (CatalogShapes.HolidayFile, FullHolidays),
            _ when CatalogShapes.OfAreas.Any(shape => shape.Name == name) => (CatalogShapes.AreaFile, FullAreas),
            _ => (CatalogShapes.Set, FullSet),
        };
        Assert.Empty(Faults(full, file));
        foreach (var key in Texts(definition.GetProperty("required")))
            Assert.Contains(
                Faults(Without(full, name, key), file),
                fault => fault.EndsWith($"required key '{key}' is missing", StringComparison.Ordinal)
            );
    }

    [Fact]
    public void Words_OfEveryValue_ReadBackAsTheSameValue()
    {
        Assert.All(
            Enum.GetValues<DerivedRule>(),
            rule =>
                Assert.True(
                    Vocabularies.DerivedRules.TryParse(Vocabularies.DerivedRules.Word(rule), out var read) && read == rule
                )
        );
        Assert.Equal("ytd_yoy", Vocabularies.DerivedRules.Word(DerivedRule.YtdYoy));
        Assert.Equal("ratio-of-sums", Vocabularies.Aggregations.Word(Aggregation.RatioOfSums));
        Assert.False(Vocabularies.Kinds.TryParse("Flow", out _));
    }

    // Renames the key in the first mapping of the shape: the last line before which its opening key stands.
    private static string Without(string full, string shape, string key)
    {
        var opening = shape switch
        {
            "set" or "areaFile" or "holidayFile" => "",
            "setAreas" or "area" => "areas:",
            "regimeRule" => "regime:",
            "officeDue" => "            agencies:",
            "agency" => "\nagencies:",
            "holidayYear" => "years:",
            "daysOff" => "off:",
            "workedDay" => "worked:",
            "setRule" => "rules:",
            "replaced" => "replaces:",
            "group" => "groups:",
            "indexBase" => "bases:",
            "derived" => "derived:",
            "identity" => "identities:",
            "replacement" => "        replaces:",
            "formerIndicator" => "        was:",
            "formerMeasure" => "            was:",
            "thresholdLevel" => "levels:",
            _ => shape + "s:",
        };
        var start = full.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        var at = full.IndexOf(key + ":", start, StringComparison.Ordinal);
        return full[..at] + "other:" + full[(at + key.Length + 1)..];
    }

    private IReadOnlyList<string> Faults(string text, CatalogShape file)
    {
        if (file == CatalogShapes.AreaFile)
            return folder.FaultsOfAreas(text);
        return file == CatalogShapes.HolidayFile ? folder.FaultsOfHolidays(text) : folder.FaultsOf(text);
    }

    private static (CatalogShape Shape, JsonElement Definition) Find(string name)
    {
        var shape = All.Single(shape => shape.Name == name);
        var definitions =
            CatalogShapes.OfAreas.Contains(shape) ? Areas
            : CatalogShapes.OfHolidays.Contains(shape) ? Holidays
            : Sets;
        return (shape, definitions.GetProperty(name));
    }

    private static JsonElement Definitions(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(CatalogFolder.RepositorySeeds, file))).RootElement.GetProperty("$defs");

    private static IEnumerable<string> Objects(JsonElement definitions) =>
        definitions.EnumerateObject().Where(entry => entry.Value.TryGetProperty("properties", out _)).Select(entry => entry.Name);

    private static JsonElement Property(JsonElement definitions, string shape, string key) =>
        definitions.GetProperty(shape).GetProperty("properties").GetProperty(key);

    private static IEnumerable<string> Keys(string shape) =>
        Sets.GetProperty(shape).GetProperty("properties").EnumerateObject().Select(key => key.Name);

    private static IEnumerable<string> Words(string shape, string key) => Texts(Property(Sets, shape, key).GetProperty("enum"));

    private static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString() ?? "");
}
