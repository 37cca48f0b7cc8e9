namespace KpiMetrics.Tests.Catalog;

/// <summary>One rule, one breach, one fault on its line.</summary>
public sealed class CatalogRuleTests : IDisposable
{
    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void SmallSet_AsItIs_HasNoFault() => Assert.Empty(folder.FaultsOf(CatalogFolder.Set));

    [Theory]
    [InlineData(1, "set: Lào Cai", "1: set 'Lào Cai': set 'Lào Cai' is not made of lower-case letters a-z and digits")]
    [InlineData(6, "prefix: dm", "6: set 'demo': prefix 'dm' is not made of upper-case letters A-Z and digits")]
    [InlineData(11, "  - code: a", "11: group 'a': code 'a' is not made of upper-case")]
    [InlineData(
        18,
        "        frequencies: [M]\n        subjects: [{code: Lúa, name: Lúa}]",
        "19: subject 'Lúa': code 'Lúa' is not made of lower-case"
    )]
    public void CodeShapes_CodeWithOtherLetters_IsRefused(int line, string text, string expected) => Faults(line, text, expected);

    [Theory]
    [InlineData(
        23,
        "          - {code: DM-A01.03, name: Bản tin, kind: text, aggregation: none}",
        "23: measure 'DM-A01.03': code 'DM-A01.03' is already that of another measure"
    )]
    [InlineData(23, "  - {code: A, name: NHÓM, indicators: []}", "23: group 'A': code 'A' is already that of another group")]
    [InlineData(
        23,
        "      - {code: DM-A01, number: x, name: x, agency: x, frequencies: [M], measures: [{code: DM-A01.01, name: x, kind: flow, aggregation: sum}]}",
        "23: indicator 'DM-A01': code 'DM-A01' is already that of another indicator"
    )]
    public void UniqueCodes_CodeOfAnother_IsRefusedAtTheSecond(int line, string text, string expected) =>
        Faults(line, text, expected);

    [Fact]
    public void UniqueSubjects_CodeTwiceInOneList_IsRefusedOnceThoughMeasuresInheritIt() =>
        Assert.Equal(
            ["21: subject 'lua': subject code 'lua' is already in this list"],
            folder.FaultsOf(
                CatalogFolder.With(
                    18,
                    "        frequencies: [M]\n        subjects:\n          - {code: lua, name: Lúa}\n          - {code: lua, name: Ngô}"
                )
            )
        );

    [Theory]
    [InlineData("sources: [forms, forms]", "1: set 'demo': 'sources' names 'forms' more than once")]
    [InlineData("agencies: [{name: Sở}, {name: Sở}]", "1: set 'demo': 'agencies' names 'Sở' more than once")]
    public void UniqueNames_NameTwice_IsRefused(string text, string expected) => Faults(1, $"{text}\nset: demo", expected);

    [Fact]
    public void UniqueSets_CodeInAnotherFile_IsRefusedInTheSecond()
    {
        folder.Write("a.yaml", CatalogFolder.Set);
        var second = folder.Write("b.yaml", CatalogFolder.Set);
        var fault = Assert.Single(folder.Read().Faults);
        Assert.Equal(
            $"{second}:1: set 'demo': set code 'demo' is already that of the set of decision '1/QĐ-UBND'",
            fault.ToString()
        );
    }

    [Theory]
    [InlineData("DM-B01", "neither 'DM-A' nor 'DM-' with a number of 2 or 3 digits")]
    [InlineData("XX-A01", "neither 'DM-A' nor 'DM-' with a number of 2 or 3 digits")]
    [InlineData("DM-A1", "neither 'DM-A' nor 'DM-' with a number of 2 or 3 digits")]
    public void IndicatorCodes_OtherPattern_IsRefused(string code, string expected)
    {
        var faults = folder.FaultsOf(CatalogFolder.Set.Replace("DM-A01", code, StringComparison.Ordinal));
        Assert.Equal($"14: indicator '{code}': code '{code}' is {expected}", Assert.Single(faults));
    }

    [Theory]
    [InlineData("DM-A01", "DM-A00")]
    [InlineData("DM-07", "DM-06")]
    public void IndicatorCodes_LowerThanTheOneBefore_IsRefused(string first, string second)
    {
        var set = CatalogFolder.Set.Replace("DM-A01", first, StringComparison.Ordinal);
        var measure = $"{{code: {second}.01, name: x, kind: flow, aggregation: sum}}";
        var more = $"      - {{code: {second}, number: x, name: x, agency: x, frequencies: [M], measures: [{measure}]}}\n";
        Assert.Equal(
            [$"24: indicator '{second}': code '{second}' comes after '{first}'; codes follow the order of the document"],
            folder.FaultsOf(set + more)
        );
    }

    [Fact]
    public void IndicatorCodes_WithoutGroupLetter_AreTaken() =>
        Assert.Empty(folder.FaultsOf(CatalogFolder.Set.Replace("DM-A01", "DM-01", StringComparison.Ordinal)));

    [Fact]
    public void MeasureCodes_NumberLeftOut_IsRefused() =>
        Faults(
            23,
            "          - {code: DM-A01.05, name: x, kind: text, aggregation: none}",
            "23: measure 'DM-A01.05': code 'DM-A01.05' should be 'DM-A01.04' by its place"
        );

    [Fact]
    public void MeasureCodes_NoMeasure_IsRefused() =>
        Faults(
            23,
            "      - {code: DM-A02, number: x, name: x, agency: x, frequencies: [M], measures: []}",
            "23: indicator 'DM-A02': 'measures' is empty; an indicator has at least one"
        );

    [Theory]
    [InlineData("[]", "'frequencies' is empty; name at least one of H, D, W, M, Q, S, A")]
    [InlineData("[M, D]", "frequencies [M, D] should be [D, M]: finest first, none twice")]
    [InlineData("[M, M]", "frequencies [M, M] should be [M]: finest first, none twice")]
    public void FrequencyOrder_EmptyUnorderedOrDoubled_IsRefused(string frequencies, string expected) =>
        Faults(18, $"        frequencies: {frequencies}", $"18: indicator 'DM-A01': {expected}");

    [Theory]
    [InlineData("yoy", "DM-A01.09", "input 'DM-A01.09' is no measure of set 'demo'")]
    [InlineData("yoy", "DM-A01.02", "input 'DM-A01.02' is the measure itself; allowed are other measures of the set")]
    [InlineData("ratio", "DM-A01.01, DM-A01.01", "input 'DM-A01.01' is named more than once")]
    public void DerivedInputs_UnknownOwnOrDoubled_IsRefused(string rule, string inputs, string expected) =>
        Faults(21, Derived(rule, inputs), $"21: measure 'DM-A01.02', derived: {expected}");

    [Theory]
    [InlineData("yoy", "", "rule 'yoy' has 0 inputs; it takes at least 1")]
    [InlineData("ratio", "DM-A01.01", "rule 'ratio' has 1 inputs; it takes exactly 2 (numerator, denominator)")]
    [InlineData("share", "DM-A01.01", "rule 'share' has 1 inputs; it takes exactly 2 (part, total)")]
    [InlineData("sum", "DM-A01.01", "rule 'sum' has 1 inputs; it takes at least 2")]
    [InlineData("difference", "DM-A01.01", "rule 'difference' has 1 inputs; it takes at least 2")]
    public void DerivedCounts_TooFewInputs_IsRefused(string rule, string inputs, string expected) =>
        Faults(21, Derived(rule, inputs), $"21: measure 'DM-A01.02', derived: {expected}");

    [Fact]
    public void DerivedCycles_TwoMeasuresReadEachOther_IsRefusedOnce() =>
        Faults(
            20,
            "          - {code: DM-A01.01, name: x, kind: ratio, aggregation: none, derived: {rule: pop, inputs: [DM-A01.02]}}",
            "20: measure 'DM-A01.01': a measure is computed from itself: DM-A01.01 <- DM-A01.02 <- DM-A01.01"
        );

    [Theory]
    [InlineData("yoy", "stock", "kind 'stock' does not fit: rule 'yoy' gives a ratio")]
    [InlineData("ytd", "flow", "kind 'flow' does not fit: rule 'ytd' gives a cumulative")]
    public void DerivedKinds_KindTheRuleCannotGive_IsRefused(string rule, string kind, string expected) =>
        Faults(
            21,
            Derived(rule, "DM-A01.01").Replace("kind: ratio", $"kind: {kind}", StringComparison.Ordinal),
            $"21: measure 'DM-A01.02': {expected}"
        );

    [Fact]
    public void TextMeasures_DerivedText_IsRefused() =>
        Faults(
            23,
            "          - {code: DM-A01.04, name: x, kind: text, aggregation: none, derived: {rule: pop, inputs: [DM-A01.01]}}",
            "23: measure 'DM-A01.04': kind 'text' cannot be derived; text is reported, never computed"
        );

    [Fact]
    public void TextMeasures_TextAsInput_IsRefused() =>
        Faults(21, Derived("yoy", "DM-A01.04"), "21: measure 'DM-A01.02', derived: input 'DM-A01.04' is of kind 'text'");

    [Theory]
    [InlineData(
        "stock",
        "{from: 2016-03, base: \"2014\"}",
        "22: measure 'DM-A01.03': kind 'stock' cannot have bases; only 'index' has"
    )]
    [InlineData(
        "index",
        "{from: 2016-03, base: \"2014\"}, {from: 2016-Q1, base: \"2019\"}",
        "22: measure 'DM-A01.03', base: 'from' 2016-Q1 does not come after 2016-03 of the base before"
    )]
    public void IndexBases_OtherKindOrUnordered_IsRefused(string kind, string bases, string expected) =>
        Faults(22, $"          - {{code: DM-A01.03, name: x, kind: {kind}, aggregation: none, bases: [{bases}]}}", expected);

    [Theory]
    [InlineData("ratio")]
    [InlineData("index")]
    [InlineData("score")]
    [InlineData("text")]
    public void AggregationFits_SumOfWhatDoesNotAddUp_IsRefused(string kind) =>
        Faults(
            23,
            $"          - {{code: DM-A01.04, name: x, kind: {kind}, aggregation: sum}}",
            $"23: measure 'DM-A01.04': aggregation 'sum' does not fit kind '{kind}'; it fits flow, stock, cumulative"
        );

    [Fact]
    public void RegimeDates_SameDateTwice_IsRefused() =>
        Faults(
            9,
            "  - {from: 2025-01-01, windows: calendar}\n  - {from: 2025-01-01, windows: cutoff-15}",
            "10: set 'demo', regime rule: 'from' 2025-01-01 does not come after 2025-01-01 of the rule before"
        );

    [Fact]
    public void RegimeDates_NoRule_IsRefused() =>
        Assert.Equal(
            ["8: set 'demo': 'regime' is empty; a set has at least one rule"],
            folder.FaultsOf(
                CatalogFolder.Set.Replace(
                    "regime:\n  - {from: 2025-01-01, windows: calendar}",
                    "regime: []",
                    StringComparison.Ordinal
                )
            )
        );

    [Theory]
    [InlineData("province", "99", "'within' names area '99', which no area file has")]
    [InlineData("country", "24", "areas of level country cannot lie within '24' (Tỉnh Bắc Ninh)")]
    public void WithinIsKnown_UnknownOrTooSmall_IsRefused(string level, string within, string expected) =>
        Faults(7, $"areas: {{level: {level}, within: \"{within}\"}}", $"7: set 'demo': {expected}");

    [Theory]
    [InlineData("name: Co\u0302ng", "'name' is not in Unicode form NFC; write 'Công'")]
    [InlineData("name: \"Công \"", "'name' begins or ends with a blank; allowed is trimmed text")]
    [InlineData(
        "name: \"Cô\\tng\"",
        "'name' holds the control or invisible character U+0009 at place 3; allowed is printable text on one line"
    )]
    [InlineData(
        "name: Cô\u200Bng",
        "'name' holds the control or invisible character U+200B at place 3; allowed is printable text on one line"
    )]
    public void CleanText_DecomposedUntrimmedOrInvisible_IsRefused(string text, string expected) =>
        Faults(2, text, $"2: set 'demo': {expected}");

    private static string Derived(string rule, string inputs) =>
        $"          - {{code: DM-A01.02, name: x, kind: ratio, aggregation: none, derived: {{rule: {rule}, inputs: [{inputs}]}}}}";

    private void Faults(int line, string text, string expected)
    {
        var faults = folder.FaultsOf(CatalogFolder.With(line, text));
        Assert.Contains(faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.StartsWith(expected.Split(':')[0] + ":", fault, StringComparison.Ordinal));
    }
}
