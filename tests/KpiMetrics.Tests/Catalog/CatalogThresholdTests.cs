using System.Text.Encodings.Web;
using System.Text.Json;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Catalog.Changes;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Tests.Catalog;

/// <summary>Thresholds in set files: what is taken, what is refused on which line, and how they are listed and compared.</summary>
public sealed class CatalogThresholdTests : IDisposable
{
    private const string Value =
        "code: bd, name: Mực nước, kind: value, unit: m, margin: 0.2, levels: [{code: bd-1, name: báo động I, at: 1.20, severity: warning}, {code: bd-2, name: báo động II, at: 2.2, severity: critical}]";

    private const string Sum =
        "code: mua-6h, name: Mưa 6 giờ, kind: sum, hours: 6, unit: mm, subjects: [le-thuy], readings: 2, levels: [{code: muc-1, name: mưa to, at: 100, severity: info}]";

    private const string Rise =
        "code: len, name: Nước lên, kind: rise, hours: 3, unit: m, margin: 0.1, levels: [{code: muc-1, name: lên nhanh, at: 0.2, severity: warning}]";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Thresholds_OfEachKind_AreReadAsWritten()
    {
        var set = folder.SetOf(Demo($"{{{Value}, areas: [\"24\"], origin: Điều 1}}", $"{{{Sum}}}", $"{{{Rise}}}"));
        var thresholds = set.Measures.First().Thresholds;

        Assert.Equal(
            [ThresholdKind.Value, ThresholdKind.Sum, ThresholdKind.Rise],
            thresholds.Select(threshold => threshold.Kind)
        );
        Assert.Equal([(1, 0), (6, 5), (3, 3)], thresholds.Select(threshold => (threshold.Hours, threshold.HoursBefore)));
        Assert.Equal([(0.2m, 1), (0m, 2), (0.1m, 1)], thresholds.Select(threshold => (threshold.Margin, threshold.Readings)));
        Assert.Equal(("Điều 1", "m"), (thresholds[0].Origin, thresholds[0].Unit));
        Assert.Equal(["24"], thresholds[0].Areas);
        Assert.Equal(["le-thuy"], thresholds[1].Subjects);
        Assert.Equal(
            [
                new ThresholdLevel("bd-1", "báo động I", 1.2m, ThresholdSeverity.Warning),
                new ThresholdLevel("bd-2", "báo động II", 2.2m, ThresholdSeverity.Critical),
            ],
            thresholds[0].Levels
        );
    }

    [Fact]
    public void Thresholds_OneCodeForOtherAreasAndSubjects_AreTaken() =>
        Assert.Empty(
            folder.FaultsOf(
                Demo(
                    $"{{{Value}}}",
                    $"{{{Value}, areas: [\"24\"]}}",
                    $"{{{Value}, subjects: [le-thuy]}}",
                    $"{{{Value}, areas: [\"24\"], subjects: [le-thuy]}}"
                )
            )
        );

    [Theory]
    [InlineData("kind: value", "kind: level", "'kind' is 'level'; allowed: value, sum, rise")]
    [InlineData(
        "kind: value",
        "kind: value, hours: 6",
        "'hours' is there, but kind 'value' looks at one hour; only sum and rise have it"
    )]
    [InlineData("kind: value", "kind: sum, hours: 5", "'hours' is 5; allowed for 'sum': 1, 3, 6, 12, 24, 48, 72")]
    [InlineData("kind: value", "kind: rise", "'hours' is missing; allowed for 'rise': 1, 2, 3, 6, 12, 24")]
    [InlineData("kind: value", "kind: rise, hours: 2.5", "'hours' is the number 2.5; expected a whole number such as 30")]
    [InlineData("margin: 0.2", "margin: -1", "'margin' is -1; it must not be negative")]
    [InlineData("margin: 0.2", "margin: 1", "'margin' 1 is not smaller than the gap of 1.00 between 'bd-1' and 'bd-2'")]
    [InlineData("margin: 0.2", "margin: 0.2, readings: 0", "'readings' is 0; allowed: 1 to 24")]
    [InlineData("margin: 0.2", "margin: 0.2, readings: 25", "'readings' is 25; allowed: 1 to 24")]
    [InlineData(
        "margin: 0.2, ",
        "",
        "neither 'margin' nor 'readings' above 1 is there; a figure that hovers about a level would raise and resolve it again and again"
    )]
    [InlineData("unit: m, ", "", "'unit' is missing; the measure prints none")]
    [InlineData(
        "code: bd,",
        "code: Bd,",
        "code 'Bd' is not made of lower-case letters a-z and digits, words joined by single hyphens"
    )]
    [InlineData(
        "unit: m,",
        "unit: m, subjects: [x],",
        "'subjects' names 'x', which is no subject of the measure; allowed: le-thuy"
    )]
    [InlineData("unit: m,", "unit: m, areas: [\"99\"],", "'areas' names '99', which no area file has")]
    [InlineData("name: Mực nước", "name: \" Mực nước\"", "'name' begins or ends with a blank; allowed is trimmed text")]
    [InlineData(
        "levels: [{code",
        "levels: [], zzz: [{code",
        "unknown key 'zzz'; allowed: code, name, kind, levels, hours, unit, subjects, areas, margin, readings, origin"
    )]
    public void Threshold_Wrong_IsRefusedOnItsLine(string part, string wrong, string expected) =>
        Assert.Contains(
            $"27: threshold '{(wrong == "code: Bd," ? "Bd" : "bd")}': {expected}",
            folder.FaultsOf(Demo($"{{{Value.Replace(part, wrong, StringComparison.Ordinal)}}}"))
        );

    [Theory]
    [InlineData("at: 2.2", "at: 1.2", "bd-2", "'at' 1.2 is not above 1.20 of the level before")]
    [InlineData("at: 2.2", "at: tall", "bd-2", "'at' is 'tall'; expected a number such as 12 or 0.5")]
    [InlineData("severity: critical", "severity: info", "bd-2", "'severity' info is less than warning of the level before")]
    [InlineData("severity: critical", "severity: high", "bd-2", "'severity' is 'high'; allowed: info, warning, critical")]
    [InlineData(", at: 2.2", "", "bd-2", "required key 'at' is missing")]
    [InlineData("code: bd-2", "code: bd-1", "bd-1", "level code 'bd-1' is already in this threshold")]
    [InlineData("at: 2.2", "at: 2200", "bd-2", "'at' 2200 is above 'max' 99 of the measure")]
    public void Level_Wrong_IsRefusedOnItsLine(string part, string wrong, string level, string expected) =>
        Assert.Equal(
            [$"27: level '{level}': {expected}"],
            folder.FaultsOf(Demo($"{{{Value.Replace(part, wrong, StringComparison.Ordinal)}}}"))
        );

    [Theory]
    [InlineData(
        Value,
        "at: 1.20",
        "at: 0.1",
        "'bd-1' could never fall back: 0.1 less 'margin' 0.2 is not above 0, the least there can be"
    )]
    [InlineData(
        Sum,
        "readings: 2",
        "margin: 100",
        "'muc-1' could never fall back: 100 less 'margin' 100 is not above 0, the least there can be"
    )]
    [InlineData(
        Sum,
        "levels: [{code: muc-1, name: mưa to, at: 100, severity: info}]",
        "levels: []",
        "'levels' is empty; a threshold has at least one"
    )]
    public void Levels_ThatCannotFallBackOrAreNotThere_AreRefused(string threshold, string part, string wrong, string expected) =>
        Assert.Equal(
            [expected],
            folder
                .FaultsOf(Demo($"{{{threshold.Replace(part, wrong, StringComparison.Ordinal)}}}"))
                .Select(fault => fault[(fault.IndexOf("': ", StringComparison.Ordinal) + 3)..])
        );

    [Theory]
    [InlineData(Sum)]
    [InlineData(Rise)]
    public void Level_OfASumOrRiseAtZero_IsRefused(string threshold) =>
        Assert.Contains(
            "27: level 'muc-1': 'at' is 0; the level of a sum or rise must be greater than 0",
            folder.FaultsOf(
                Demo(
                    $"{{{threshold.Replace("at: 100", "at: 0", StringComparison.Ordinal).Replace("at: 0.2", "at: 0", StringComparison.Ordinal)}}}"
                )
            )
        );

    [Fact]
    public void Thresholds_TheSameTwice_AreRefused() =>
        Assert.Equal(
            ["28: threshold 'bd': threshold 'bd' is there already for an area and subject of this one"],
            folder.FaultsOf(Demo($"{{{Value}, subjects: [le-thuy]}}", $"{{{Value}, subjects: [le-thuy]}}"))
        );

    [Theory]
    [InlineData("kind: stock", "kind: text", "kind 'text' cannot have thresholds; it is no number")]
    [InlineData(
        "kind: stock",
        "kind: ratio\n            derived: {rule: yoy, inputs: [DM-A01.02]}",
        "a derived measure is computed; only a reported one has thresholds"
    )]
    [InlineData("[H, D]", "[D]", "thresholds need figures by the hour (H); DM-A01 is reported at D")]
    public void Measure_ThatCannotHaveThresholds_IsRefused(string part, string wrong, string expected) =>
        Assert.Contains(
            folder.FaultsOf(Demo($"{{{Rise}}}").Replace(part, wrong, StringComparison.Ordinal)),
            fault => fault.EndsWith($"measure 'DM-A01.01': {expected}", StringComparison.Ordinal)
        );

    [Fact]
    public void Sum_OfStatesThatAreNotNamed_IsRefused() =>
        Assert.Equal(
            [
                "27: threshold 'mua-6h': kind 'sum' does not fit a measure of kind 'stock'; it fits flow, and stock where 'subjects' names what adds up",
            ],
            folder.FaultsOf(Demo($"{{{Sum.Replace("subjects: [le-thuy], ", "", StringComparison.Ordinal)}}}"))
        );

    [Fact]
    public void Unit_OfAMeasureThatPrintsOne_IsRefused() =>
        Assert.Equal(
            ["28: threshold 'bd': 'unit' is 'm', but the measure prints 'cm'; leave it out"],
            folder.FaultsOf(
                Demo($"{{{Value}}}").Replace("kind: stock", "kind: stock\n            unit: cm", StringComparison.Ordinal)
            )
        );

    [Fact]
    public void Json_OfAThreshold_HasAllThatIsSaidOfIt()
    {
        var set = folder.SetOf(Demo($"{{{Value}, areas: [\"24\"], subjects: [le-thuy], origin: Điều 1}}"));
        using var json = JsonDocument.Parse(CatalogDescription.ToJson(set));

        Assert.Equal(
            """[{"code":"bd","name":"Mực nước","kind":"value","hours":1,"unit":"m","subjects":["le-thuy"],"areas":["24"],"margin":0.2,"readings":1,"origin":"Điều 1","levels":[{"code":"bd-1","name":"báo động I","at":1.20,"severity":"warning"},{"code":"bd-2","name":"báo động II","at":2.2,"severity":"critical"}]}]""",
            JsonSerializer.Serialize(json.RootElement[0].GetProperty("measures")[0].GetProperty("thresholds"), Compact)
        );
        Assert.Equal("[]", json.RootElement[0].GetProperty("measures")[1].GetProperty("thresholds").GetRawText());
    }

    [Fact]
    public void Diff_ThresholdsAddedChangedAndTakenOut_AreChangesOfTheirMeasure()
    {
        var old = folder.SetOf(Demo($"{{{Value}}}", $"{{{Sum}}}"));
        var next = folder.SetOf(Demo($"{{{Value.Replace("at: 2.2", "at: 2.5", StringComparison.Ordinal)}}}", $"{{{Rise}}}"));

        var found = CatalogChanges.Between([old], [next], new(2026, 11, 20));

        Assert.All(
            found,
            change => Assert.Equal(("DM-A01.01", ChangeKind.Thresholds, null), (change.Code, change.Change, change.Warning))
        );
        Assert.Equal(
            [
                (
                    "bd: \"Mực nước\", value from 1.20 m bd-1 \"báo động I\" warning, 2.2 m bd-2 \"báo động II\" critical; margin 0.2, readings 1",
                    "bd: \"Mực nước\", value from 1.20 m bd-1 \"báo động I\" warning, 2.5 m bd-2 \"báo động II\" critical; margin 0.2, readings 1"
                ),
                ("mua-6h, le-thuy: \"Mưa 6 giờ\", sum 6h from 100 mm muc-1 \"mưa to\" info; margin 0, readings 2", null),
                (null, "len: \"Nước lên\", rise 3h from 0.2 m muc-1 \"lên nhanh\" warning; margin 0.1, readings 1"),
            ],
            found.Select(change => (change.From, change.To))
        );
        Assert.Empty(CatalogChanges.Between([next], [next], new(2026, 11, 20)));
    }

    /// <summary>The small set with thresholds, each on a line of its own from line 27 on, on its first measure.</summary>
    private static string Demo(params string[] thresholds) =>
        CatalogFolder
            .Set[..CatalogFolder.Set.IndexOf("          - {code: DM-A01.01", StringComparison.Ordinal)]
            .Replace("[M]", "[H, D]", StringComparison.Ordinal)
        + """
                      - code: DM-A01.01
                        name: Mực nước
                        kind: stock
                        aggregation: none
                        max: 99
                        subjects: [{code: le-thuy, name: Lệ Thủy}]
                        thresholds:

            """
        + string.Concat(thresholds.Select(threshold => $"              - {threshold}\n"))
        + "          - {code: DM-A01.02, name: b, kind: flow, aggregation: sum}\n";
}
