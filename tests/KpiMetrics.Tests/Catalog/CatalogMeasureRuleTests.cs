namespace KpiMetrics.Tests.Catalog;

/// <summary>Rules of identities, ranges, links and roll-ups. One breach, one fault on its line.</summary>
public sealed class CatalogMeasureRuleTests : IDisposable
{
    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("rule: ratio, inputs: [DM-A01.01, DM-A01.02]")]
    [InlineData("rule: sum-of-subjects, inputs: [DM-A01.04]")]
    [InlineData("rule: at-most, inputs: [DM-A01.01], origin: Điều 3")]
    public void Identities_WellFormed_AreTaken(string identity) => Assert.Empty(folder.FaultsOf(Demo(Reported(identity))));

    [Theory]
    [InlineData("rule: equal, inputs: [DM-A01.09]", "input 'DM-A01.09' is no measure of set 'demo'")]
    [InlineData(
        "rule: equal, inputs: [DM-A01.03]",
        "input 'DM-A01.03' is the measure itself; allowed are other measures of the set"
    )]
    [InlineData("rule: equal, inputs: [DM-A01.05]", "input 'DM-A01.05' is of kind 'text'")]
    [InlineData("rule: sum, inputs: [DM-A01.01, DM-A01.01]", "input 'DM-A01.01' is named more than once")]
    [InlineData("rule: ratio, inputs: [DM-A01.01]", "rule 'ratio' has 1 inputs; it takes exactly 2 (numerator, denominator)")]
    [InlineData("rule: share, inputs: [DM-A01.01]", "rule 'share' has 1 inputs; it takes exactly 2 (part, total)")]
    [InlineData("rule: sum, inputs: [DM-A01.01]", "rule 'sum' has 1 inputs; it takes at least 2")]
    [InlineData("rule: difference, inputs: [DM-A01.01]", "rule 'difference' has 1 inputs; it takes at least 2")]
    [InlineData("rule: ratio-of, inputs: [DM-A01.01, DM-A01.02]", "rule 'ratio-of' has 2 inputs; it takes exactly 1")]
    [InlineData("rule: at-most, inputs: [DM-A01.01, DM-A01.02]", "rule 'at-most' has 2 inputs; it takes exactly 1")]
    [InlineData("rule: equal, inputs: [DM-A01.01, DM-A01.02]", "rule 'equal' has 2 inputs; it takes exactly 1")]
    [InlineData("rule: sum-of-subjects, inputs: []", "rule 'sum-of-subjects' has 0 inputs; it takes exactly 1")]
    [InlineData("rule: sum-of-subjects, inputs: [DM-A01.01]", "input 'DM-A01.01' has no subjects to add up")]
    [InlineData(
        "rule: equal, inputs: [DM-A01.04]",
        "input 'DM-A01.04' has other subjects than 'DM-A01.03'; allowed are the same ones and more, or none"
    )]
    [InlineData(
        "rule: equal, inputs: [DM-A01.01], origin: \" x\"",
        "'origin' begins or ends with a blank; allowed is trimmed text"
    )]
    public void Identities_WrongInputs_AreRefused(string identity, string expected) =>
        Assert.Equal([$"22: measure 'DM-A01.03', identity: {expected}"], folder.FaultsOf(Demo(Reported(identity))));

    [Theory]
    [InlineData(
        "kind: ratio, derived: {rule: yoy, inputs: [DM-A01.01]}, identities: [{rule: equal, inputs: [DM-A01.02]}]",
        "a derived measure is computed; only a reported one has identities"
    )]
    [InlineData(
        "kind: text, identities: [{rule: equal, inputs: [DM-A01.02]}]",
        "kind 'text' cannot have identities; it is no number"
    )]
    [InlineData("kind: flow, min: 5, max: 4.5", "'max' 4.5 is less than 'min' 5")]
    [InlineData("kind: flow, max: -1", "'max' -1 is negative; say 'signed: true' or give a 'min'")]
    [InlineData("kind: flow, signed: true, min: 0", "'signed' says that figures may be negative, 'min' 0 that they are not")]
    [InlineData("kind: text, min: 0", "kind 'text' cannot have a range; it is no number")]
    [InlineData("kind: stock, over_time: sum", "over_time 'sum' does not fit kind 'stock'; it fits flow")]
    [InlineData(
        "kind: flow, over_time: geometric-mean",
        "over_time 'geometric-mean' does not fit kind 'flow'; it fits index, ratio"
    )]
    [InlineData(
        "kind: ratio, signed: true, over_time: geometric-mean",
        "over_time 'geometric-mean' does not fit figures that may be negative"
    )]
    [InlineData("kind: text, over_time: last", "over_time 'last' does not fit kind 'text'; it fits none")]
    [InlineData(
        "kind: ratio, over_time: ratio-of-sums",
        "over_time 'ratio-of-sums' needs the two measures whose quotient it is: an identity or a derivation 'ratio' or 'share'"
    )]
    public void Measure_Contradiction_IsRefused(string keys, string expected) =>
        Assert.Equal([$"22: measure 'DM-A01.03': {expected}"], folder.FaultsOf(Demo(keys)));

    [Theory]
    [InlineData("{from: 2016-03, base: \"2014\", link: 1.2}", "the first base has no base before it that 'link' could lead to")]
    [InlineData(
        "{from: 2016-03, base: \"2014\"}, {from: 2020-01, base: \"2019\", link: 0}",
        "'link' is 0; it must be greater than 0"
    )]
    public void IndexBases_LinkOfTheFirstOrNotPositive_IsRefused(string bases, string expected) =>
        Assert.Equal([$"22: measure 'DM-A01.03', base: {expected}"], folder.FaultsOf(Demo($"kind: index, bases: [{bases}]")));

    private static string Reported(string identity) => $"kind: ratio, identities: [{{{identity}}}]";

    private static string Demo(string third) =>
        CatalogFolder.Set[..CatalogFolder.Set.IndexOf("          - {code: DM-A01.01", StringComparison.Ordinal)]
        + "          - {code: DM-A01.01, name: a, kind: flow, aggregation: sum}\n"
        + "          - {code: DM-A01.02, name: b, kind: flow, aggregation: sum}\n"
        + $"          - {{code: DM-A01.03, name: c, aggregation: none, {third}}}\n"
        + "          - {code: DM-A01.04, name: d, kind: flow, aggregation: sum, subjects: [{code: lua, name: Lúa}]}\n"
        + "          - {code: DM-A01.05, name: e, kind: text, aggregation: none}\n";
}
