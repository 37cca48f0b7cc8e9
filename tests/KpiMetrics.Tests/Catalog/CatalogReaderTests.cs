using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Tests.Catalog;

public sealed class CatalogReaderTests : IDisposable
{
    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reader_TenMistakesInOneFile_ReportsEachOnItsLine()
    {
        var set = """
            set: demo
            name: 12
            authority: UBND
            decison: "1/QĐ"
            date: 2025-02-30
            prefix: DM
            areas: {level: district, within: "24"}
            regime:
              - {from: 2025-01-01, windows: cutoff-16}
            groups:
              - code: A
                name: NHÓM A
                indicators:
                  - code: DM-A01
                    number: "1"
                    name: Cây lúa
                    name: Cây ngô
                    agency: [Sở]
                    frequencies: [M, X]
                    measures:
                      - {code: DM-A01.01, name: x, kind: stok, aggregation: sum}
                      - {code: DM-A01.03, name: x, kind: flow, aggregation: sum}

            """;
        Assert.Equal(
            [
                "1: set 'demo': required key 'decision' is missing",
                "2: set 'demo': 'name' is the number 12; expected text, so write it in quotes",
                "4: set 'demo': unknown key 'decison', did you mean 'decision'; allowed: set, name, authority, decision, date, "
                    + "prefix, areas, regime, groups, from, to, sources, agencies, obliged, rules, replaces, seasons, events, note",
                "5: set 'demo': 'date' is '2025-02-30'; expected a day or month of the calendar from 1900 to 2199, such as 2026-01-31 or 2026-01",
                "7: set 'demo', areas: 'level' is 'district'; allowed: country, province, commune",
                "9: set 'demo', regime rule: 'windows' is 'cutoff-16'; allowed: calendar, cutoff-15",
                "17: indicator 'DM-A01': key 'name' is there twice; the first is on line 16",
                "18: indicator 'DM-A01': 'agency' is a list; expected text",
                "19: indicator 'DM-A01': 'frequencies' is 'X'; allowed: H, D, W, M, Q, S, A",
                "21: measure 'DM-A01.01': 'kind' is 'stok'; allowed: flow, stock, ratio, index, score, cumulative, text",
                "22: measure 'DM-A01.03': code 'DM-A01.03' should be 'DM-A01.02' by its place",
            ],
            folder.FaultsOf(set)
        );
    }

    [Theory]
    [InlineData(
        21,
        "{code: DM-A01.02, name: x, kind: ratio, aggregation: mean}",
        "'aggregation' is 'mean'; allowed: none, sum, ratio-of-sums"
    )]
    [InlineData(
        21,
        "{code: DM-A01.02, name: x, kind: ratio, aggregation: none, derived: {rule: yoyo, inputs: [DM-A01.01]}}",
        "'rule' is 'yoyo'; allowed: pop, yoy, ytd,"
    )]
    [InlineData(
        21,
        "{code: DM-A01.02, name: x, kind: ratio, aggregation: none, derived: yoy}",
        "'derived' is 'yoy'; expected a mapping of rule, inputs"
    )]
    [InlineData(
        21,
        "{code: DM-A01.02, name: x, kind: flow, aggregation: sum, inferred: \"true\"}",
        "'inferred' is 'true'; expected true or false"
    )]
    [InlineData(21, "{code: DM-A01.02, name: x, kind: flow, aggregation: sum, unit: }", "'unit' is empty; expected text")]
    [InlineData(21, "{code: DM-A01.02, name: x, kind: flow, aggregation: sum, unit: \"\"}", "'unit' is empty; expected text")]
    [InlineData(
        21,
        "{code: DM-A01.02, name: true, kind: flow, aggregation: sum}",
        "'name' is the truth value true; expected text, so write it in quotes"
    )]
    [InlineData(
        21,
        "{code: DM-A01.02, name: x, kind: flow, aggregation: sum, subjects_open: true}",
        "'subjects_open' has no list of 'subjects' beside it"
    )]
    [InlineData(
        22,
        "{code: DM-A01.03, name: x, kind: index, aggregation: none, bases: [{from: 2016-13, base: \"1\"}]}",
        "'from' is '2016-13'; expected a period such as"
    )]
    public void Reader_WrongValue_SaysWhatWasFoundAndAllowed(int line, string measure, string expected)
    {
        var fault = Assert.Single(folder.FaultsOf(CatalogFolder.With(line, $"          - {measure}")));
        Assert.StartsWith($"{line}: measure 'DM-A01.0", fault, StringComparison.Ordinal);
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_EveryKeyGiven_EndsInTheSet()
    {
        var set = folder.SetOf(
            CatalogFolder
                .With(
                    23,
                    """
                              - code: DM-A01.04
                                number: 1.1.
                                under: Trong đó
                                name: Sản lượng khác
                                unit: "%"
                                kind: score
                                aggregation: none
                                agency: Sở khác
                                owner: Chủ
                                source: Nguồn
                                subjects: [{code: ngo, name: Ngô}]
                                inferred: true
                                note: Ghi chú

                    """
                )
                .Replace(
                    "        frequencies: [M]\n",
                    "        frequencies: [D, M]\n        frequency_printed: Ngày/ tháng\n        database: CSDL\n        owner: Phòng\n"
                        + "        source: Xã\n        subjects: [{code: lua, name: Lúa}]\n        subjects_open: true\n        note: Lưu ý\n",
                    StringComparison.Ordinal
                )
                .Replace(
                    "{from: 2025-01-01, windows: calendar}\n",
                    "{from: 2025-01-01, windows: calendar}\n  - {from: 2026-01-01, windows: cutoff-15, due: last-day-of-period, origin: Điều 1}\n"
                        + "sources: [forms, narrative]\nagencies: [{name: Sở}]\nrules: [{text: Phải, origin: Điều 2}]\n"
                        + "replaces: [{decision: 2/QĐ, date: 2023-03, authority: UBND}]\nnote: Chung\n",
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(("demo", "Bộ chỉ số", "UBND tỉnh", "1/QĐ-UBND"), (set.Code, set.Name, set.Authority, set.Decision));
        Assert.Equal(
            ("2025-10-08", "DM", AreaLevel.Province, "24", "Chung"),
            (set.Date, set.Prefix, set.Level, set.Within, set.Note)
        );
        Assert.Equal(new RegimeRule(new(2025, 1, 1), WindowRule.Calendar, null, null), set.Regime[0]);
        Assert.Equal(new RegimeRule(new(2026, 1, 1), WindowRule.Cutoff15, DueRules.LastDayOfPeriod, "Điều 1"), set.Regime[1]);
        Assert.Equal(["forms", "narrative"], set.Sources);
        Assert.Equal(["Sở"], set.Agencies);
        Assert.Equal([new SetRule("Phải", "Điều 2")], set.Rules);
        Assert.Equal([new ReplacedDecision("2/QĐ", "2023-03", "UBND")], set.Replaces);
        var indicator = Assert.Single(set.Indicators);
        Assert.Equal([Frequency.Day, Frequency.Month], indicator.Frequencies);
        Assert.Equal(
            ("DM-A01", "A", "1", "Cây lúa", "Sở"),
            (indicator.Code, indicator.Group, indicator.Number, indicator.Name, indicator.Agency)
        );
        Assert.Equal(
            ("Ngày/ tháng", "CSDL", "Phòng", "Xã", "Lưu ý"),
            (indicator.FrequencyPrinted, indicator.Database, indicator.Owner, indicator.Source, indicator.Note)
        );
        Assert.Equal(DerivedRule.Yoy, indicator.Measures[1].Derived?.Rule);
        Assert.Equal(["DM-A01.01"], indicator.Measures[1].Derived?.Inputs);
        Assert.Equal([new IndexBase(Period.Parse("2016-03"), "2014")], indicator.Measures[2].Bases);
        var measure = indicator.Measures[3];
        Assert.Equal(
            ("DM-A01.04", "1.1.", "Trong đó", "Sản lượng khác", "%"),
            (measure.Code, measure.Number, measure.Under, measure.Name, measure.Unit)
        );
        Assert.Equal(
            (MeasureKind.Score, Aggregation.None, true, "Ghi chú"),
            (measure.Kind, measure.Aggregation, measure.Inferred, measure.Note)
        );
        Assert.Equal(("Sở khác", "Chủ", "Nguồn"), (measure.Agency, measure.Owner, measure.Source));
    }

    [Fact]
    public void Subjects_OfTheIndicator_HoldForMeasuresWithoutTheirOwn()
    {
        var set = folder.SetOf(
            CatalogFolder
                .With(18, "        frequencies: [M]\n        subjects: [{code: lua, name: Lúa}]\n        subjects_open: true")
                .Replace("name: So, ", "name: So, subjects: [{code: ngo, name: Ngô}], ", StringComparison.Ordinal)
                .Replace("name: Bản tin, ", "name: Bản tin, subjects: [], ", StringComparison.Ordinal)
        );
        var measures = Assert.Single(set.Indicators).Measures;
        Assert.Equal([new Subject("lua", "Lúa")], measures[0].Subjects);
        Assert.True(measures[0].SubjectsOpen);
        Assert.Equal([new Subject("ngo", "Ngô")], measures[1].Subjects);
        Assert.False(measures[1].SubjectsOpen);
        Assert.Empty(measures[3].Subjects);
    }

    [Fact]
    public void Reader_FaultsInSeveralFiles_ReportsAllByFileAndLine()
    {
        var first = folder.Write(
            "a.yaml",
            CatalogFolder.With(3, "authority: [").Replace("set: demo", "set: a", StringComparison.Ordinal)
        );
        var second = folder.Write("b.yaml", CatalogFolder.With(6, "prefix: 7"));
        var areas = folder.Write("areas/more.yaml", "areas:\n  - {code: \"01\", name: Hà Nội, level: city, from: 2025-02-29}\n");
        Assert.Equal([first, second, areas, areas], folder.Read().Faults.Select(fault => fault.File));
        Assert.Equal([6, 2, 2], folder.Read().Faults.Skip(1).Select(fault => fault.Line));
    }

    [Fact]
    public void Reader_OneSetFile_TakesTheAreasBesideItAndNoOtherSet()
    {
        var path = folder.Write("one.yaml", CatalogFolder.Set);
        folder.Write("broken.yaml", "[");
        var reading = CatalogReader.Read(path);
        Assert.Empty(reading.Faults);
        Assert.Equal(2, reading.Snapshot?.Areas.Count);
    }

    [Fact]
    public void Reader_FolderNamedTwice_IsReadOnce()
    {
        folder.Write("one.yaml", CatalogFolder.Set);
        var reading = CatalogReader.Read(folder.Root, folder.Root + "/.", Path.Combine(folder.Root, "one.yaml"));
        Assert.Empty(reading.Faults);
        Assert.Single(reading.Snapshot?.Sets ?? []);
    }

    [Fact]
    public void Reader_SetInOneFolderAndItsAreaInAnother_AreReadTogether()
    {
        using var other = new CatalogFolder();
        folder.Write("one.yaml", CatalogFolder.With(7, "areas: {level: province, within: \"01\"}"));
        other.Write(
            "areas/areas.yaml",
            "areas:\n  - {code: \"01\", name: Hà Nội, level: province, from: 2025-07-01, parent: VN}\n"
        );
        var reading = CatalogReader.Read(folder.Root, other.Root);
        Assert.Empty(reading.Faults);
        Assert.Equal("Hà Nội", reading.Snapshot?.FindArea("01", new(2026, 1, 1))?.Name);
    }

    [Fact]
    public void Reader_SetsWithOneCodeInTwoFolders_TakesThatOfTheLater()
    {
        using var other = new CatalogFolder();
        Directory.Delete(Path.Combine(other.Root, "areas"), recursive: true);
        var earlier = folder.Write("one.yaml", CatalogFolder.Set);
        var later = other.Write("own.yaml", CatalogFolder.With(2, "name: Bộ của tỉnh"));

        var reading = CatalogReader.Read(folder.Root, other.Root);

        Assert.Empty(reading.Faults);
        Assert.Equal("Bộ của tỉnh", Assert.Single(reading.Snapshot?.Sets ?? []).Name);
        Assert.Equal([new ReplacedSet("demo", later, earlier)], reading.Replaced);
        Assert.Empty(CatalogReader.Read(folder.Root).Replaced);
    }

    [Fact]
    public void Reader_NothingThere_SaysSo()
    {
        using var empty = new CatalogFolder();
        Directory.Delete(Path.Combine(empty.Root, "areas"), recursive: true);
        var missing = Path.Combine(empty.Root, "missing");
        Assert.Equal(
            [
                $"{missing}:1: no such file or folder",
                $"{empty.Root}:1: the folder holds no *.yaml, no areas/*.yaml and no holidays/*.yaml",
            ],
            CatalogReader.Read(missing, empty.Root).Faults.Select(fault => fault.ToString())
        );
    }
}
