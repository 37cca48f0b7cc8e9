namespace KpiMetrics.Tests.Catalog;

/// <summary>Rules of what changes: dates, former versions, replacements, regimes, seasons. One breach, one fault on its line.</summary>
public sealed class CatalogHistoryRuleTests : IDisposable
{
    private const string Seasons = "seasons:\n";
    private const string First =
        "  - {code: dong-xuan, name: Vụ đông xuân, year: 2025, from: 2024-11-15, to: 2025-05-31, subjects: [lua]}\n";

    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void History_KeptWell_HasNoFault() =>
        Assert.Empty(
            folder.FaultsOf(
                Demo(
                    set: "from: 2025-01-01\n" + Seasons + First,
                    indicator: "to: 2026-06-30\n        was: [{to: 2025-06-30, name: Lúa}, {to: 2025-12-31, frequencies: [D, M]}]",
                    more: Next("from: 2026-07-01\n        replaces: {code: DM-A01, continues: false}")
                )
            )
        );

    [Theory]
    [InlineData("to: 2024-12-31", "21: indicator 'DM-A01': 'to' 2024-12-31 lies before 'from' 2025-01-01")]
    [InlineData(
        "to: 2027-01-01",
        "21: indicator 'DM-A01': 'to' 2027-01-01 is not a day of set 'demo', in force from 2024-01-01 to 2026-12-31"
    )]
    public void ValidityDates_EndBeforeBeginOrOutOfTheSet_IsRefused(string to, string expected) =>
        IsRefused(
            CatalogFolder
                .With(18, $"        frequencies: [M]\n        {to}\n        from: 2025-01-01")
                .Replace("groups:", "from: 2024-01-01\nto: 2026-12-31\ngroups:", StringComparison.Ordinal),
            expected
        );

    [Fact]
    public void ValidityDates_MeasureLongerThanItsIndicator_IsRefused() =>
        IsRefused(
            Demo(indicator: "to: 2026-06-30")
                .Replace(
                    "name: Sản lượng, kind: flow, aggregation: sum}",
                    "name: Sản lượng, kind: flow, aggregation: sum, to: 2026-07-01}",
                    StringComparison.Ordinal
                ),
            "21: measure 'DM-A01.01': 'to' 2026-07-01 is not a day of indicator 'DM-A01', in force to 2026-06-30"
        );

    [Theory]
    [InlineData(
        "was: [{to: 2025-12-31, name: A}, {to: 2025-06-30, name: B}]",
        "former version: 'to' 2025-06-30 does not come after 2025-12-31 of the version before"
    )]
    [InlineData("was: [{to: 2025-12-31}]", "former version: says nothing that differs from the version after it")]
    [InlineData("was: [{to: 2025-12-31, name: Cây lúa}]", "former version: says nothing that differs from the version after it")]
    [InlineData(
        "was: [{to: 2025-12-31, frequencies: [A, D]}]",
        "former version: frequencies [A, D] should be [D, A]: finest first, none twice"
    )]
    [InlineData(
        "to: 2026-06-30\n        was: [{to: 2026-06-30, name: A}]",
        "former version: 'to' 2026-06-30 is not before the last day in force, 2026-06-30: no other version followed",
        20
    )]
    [InlineData(
        "from: 2025-07-01\n        was: [{to: 2025-06-30, name: A}]",
        "former version: 'to' 2025-06-30 lies before the first day in force, 2025-07-01",
        20
    )]
    public void FormerVersions_UnorderedIdleOrOutsideTheLife_AreRefused(string text, string expected, int line = 19) =>
        IsRefused(Demo(indicator: text), $"{line}: indicator 'DM-A01', {expected}");

    [Fact]
    public void FormerVersions_OfAMeasureThatChangesNothing_AreRefused() =>
        IsRefused(
            CatalogFolder.With(
                20,
                "          - {code: DM-A01.01, name: x, kind: flow, aggregation: sum, was: [{to: 2025-06-30, name: x}]}"
            ),
            "20: measure 'DM-A01.01', former version: says nothing that differs from the version after it"
        );

    [Theory]
    [InlineData("to: 2026-06-30", "DM-A03", "2026-07-01", "'DM-A03' is no indicator of set 'demo'")]
    [InlineData("to: 2026-06-30", "DM-A02", "2026-07-01", "'DM-A02' cannot take its own place")]
    [InlineData("note: x", "DM-A01", "2026-07-01", "'DM-A01' does not end; give it a 'to' before 'DM-A02' begins")]
    [InlineData(
        "to: 2026-06-30",
        "DM-A01",
        "2026-06-30",
        "'DM-A01' is in force to 2026-06-30, but 'DM-A02' begins on 2026-06-30"
    )]
    public void Replacements_UnknownOwnOrNotYetRetired_AreRefused(string old, string code, string from, string expected) =>
        IsRefused(
            Demo(indicator: old, more: Next($"from: {from}\n        replaces: {{code: {code}, continues: false}}")),
            $"31: replacement '{code}': {expected}"
        );

    [Fact]
    public void Replacements_Circle_IsRefused() =>
        Assert.Equal(
            [
                "21: replacement 'DM-A02': 'DM-A02' does not end; give it a 'to' before 'DM-A01' begins",
                "33: replacement 'DM-A01': 'DM-A01' is in force to 2026-06-30, but 'DM-A02' begins on 2026-05-01",
            ],
            folder.FaultsOf(
                Demo(
                    indicator: "from: 2026-01-01\n        to: 2026-06-30\n        replaces: {code: DM-A02, continues: false}",
                    more: Next("from: 2026-05-01\n        replaces: {code: DM-A01, continues: false}")
                )
            )
        );

    [Theory]
    [InlineData("kind: stock, unit: Tấn", "the history of 'DM-A01.01' cannot go on: its kind is 'flow', not 'stock'")]
    [InlineData("kind: flow, unit: Tạ", "the history of 'DM-A01.01' cannot go on: its unit is 'Tấn', not 'Tạ'")]
    [InlineData(
        "kind: flow, unit: Tấn, subjects: [{code: ngo, name: Ngô}]",
        "the history of 'DM-A01.01' cannot go on: its subjects lua are missing"
    )]
    public void Replacements_HistoryOfAnotherKindUnitOrSubject_CannotGoOn(string what, string expected) =>
        IsRefused(Heirs(what), $"21: replacement 'DM-A01.01': {expected}");

    [Fact]
    public void Replacements_TwoHeirsOfOneHistory_AreRefused() =>
        IsRefused(
            Heirs(
                "kind: flow, unit: Tấn, subjects: [{code: lua, name: Lúa}]",
                "          - {code: DM-A01.03, name: y, aggregation: sum, kind: flow, unit: Tấn, from: 2026-08-01, "
                    + "replaces: {code: DM-A01.01, continues: true}, subjects: [{code: lua, name: Lúa}]}\n"
            ),
            "22: replacement 'DM-A01.01': the history of 'DM-A01.01' is already that of 'DM-A01.02'; only one can continue it"
        );

    [Fact]
    public void RegimeDates_OfAnIndicatorUnordered_IsRefused() =>
        IsRefused(
            Demo(
                indicator: "regime:\n          - {from: 2026-01-01, windows: calendar}\n          - {from: 2025-01-01, windows: cutoff-15}"
            ),
            "21: indicator 'DM-A01', regime rule: 'from' 2025-01-01 does not come after 2026-01-01 of the rule before"
        );

    [Theory]
    [InlineData(
        "code: vu-mua, name: Vụ mùa, year: 2025, from: 2025-06-10, to: 2025-06-01",
        "'to' 2025-06-01 lies before 'from' 2025-06-10"
    )]
    [InlineData(
        "code: vu-mua, name: Vụ mùa, year: 2025, from: 2025-06-10, to: 2026-07-15",
        "lasts 401 days; a season has at most 400"
    )]
    [InlineData(
        "code: dong-xuan, name: Vụ đông xuân, year: 2025, from: 2025-06-10, to: 2025-07-15, subjects: [ngo, lua]",
        "season 'dong-xuan' of 2025 is there already for an area and subject of this one"
    )]
    [InlineData(
        "code: vu-mua, name: Vụ mùa, year: 2025, from: 2025-05-31, to: 2025-10-01, subjects: [lua]",
        "overlaps season 'dong-xuan' of 2025, 2024-11-15 to 2025-05-31, of the same area and subject"
    )]
    [InlineData(
        "code: vu-mua, name: Vụ mùa, year: 2025, from: 2025-06-10, to: 2025-10-01, areas: [\"99\"]",
        "'areas' names '99', which no area file has"
    )]
    [InlineData("code: VuMua, name: Vụ mùa, year: 2025, from: 2025-06-10, to: 2025-10-01", "code 'VuMua' is not made of")]
    [InlineData(
        "code: vu-mua, name: \"Vụ mùa \", year: 2025, from: 2025-06-10, to: 2025-10-01",
        "'name' begins or ends with a blank; allowed is trimmed text"
    )]
    [InlineData(
        "code: vu-mua, name: Vụ mùa, year: 20255, from: 2025-06-10, to: 2025-10-01",
        "'year' is the number 20255; expected a year from 1900 to 2199"
    )]
    public void Seasons_WrongSpanTwiceOverlappingOrUnknownArea_AreRefused(string season, string expected)
    {
        var faults = folder.FaultsOf(Demo(set: Seasons + First + $"  - {{{season}}}\n"));

        var fault = Assert.Single(faults);
        Assert.StartsWith("12: season '", fault, StringComparison.Ordinal);
        Assert.Contains($"': {expected}", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Seasons_SameDaysOfAnotherCropOrArea_AreTaken() =>
        Assert.Empty(
            folder.FaultsOf(
                Demo(
                    set: Seasons
                        + First
                        + "  - {code: vu-dong, name: Vụ đông, year: 2025, from: 2024-10-01, to: 2025-01-31, subjects: [ngo]}\n"
                        + "  - {code: dong-xuan, name: Vụ đông xuân, year: 2025, from: 2024-12-01, to: 2025-06-15, areas: [\"24\"], subjects: [lua]}\n"
                )
            )
        );

    [Theory]
    [InlineData("was: [{to: 2025-06-30, name: \"Lúa \"}]", "19: indicator 'DM-A01', former version: 'name' begins or ends")]
    [InlineData(
        "regime: [{from: 2025-01-01, windows: calendar, origin: \" Điều 1\"}]",
        "19: indicator 'DM-A01', regime rule: 'origin' begins or ends"
    )]
    public void CleanText_NewTexts_AreCheckedToo(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Single(folder.FaultsOf(Demo(indicator: text))), StringComparison.Ordinal);

    private static string Demo(string set = "", string indicator = "", string more = "") =>
        CatalogFolder
            .Set.Replace("groups:\n", set + "groups:\n", StringComparison.Ordinal)
            .Replace(
                "        frequencies: [M]\n",
                indicator.Length == 0 ? "        frequencies: [M]\n" : $"        frequencies: [M]\n        {indicator}\n",
                StringComparison.Ordinal
            ) + more;

    private static string Next(string keys) =>
        "      - code: DM-A02\n        number: \"2\"\n        name: Cây ngô\n        agency: Sở\n        frequencies: [M]\n"
        + $"        {keys}\n        measures:\n          - {{code: DM-A02.01, name: x, kind: flow, aggregation: sum}}\n";

    // A measure retired in mid-2026, its heir on line 21, and perhaps more.
    private static string Heirs(string what, string more = "") =>
        CatalogFolder.Set[..CatalogFolder.Set.IndexOf("          - {code: DM-A01.01", StringComparison.Ordinal)]
        + "          - {code: DM-A01.01, name: x, aggregation: sum, kind: flow, unit: Tấn, to: 2026-06-30, subjects: [{code: lua, name: Lúa}]}\n"
        + $"          - {{code: DM-A01.02, name: y, aggregation: sum, {what}, from: 2026-07-01, replaces: {{code: DM-A01.01, continues: true}}}}\n"
        + more;

    private void IsRefused(string set, string expected) => Assert.Equal([expected], folder.FaultsOf(set));
}
