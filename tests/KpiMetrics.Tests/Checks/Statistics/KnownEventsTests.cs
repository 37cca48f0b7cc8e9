using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Checks.Statistics;

/// <summary>Which periods of which series an event is the reason of.</summary>
public sealed class KnownEventsTests
{
    private static readonly DateTimeOffset From = new(2026, 3, 16, 6, 0, 0, TimeSpan.FromHours(7));

    [Theory]
    [InlineData("2026-03", "calendar", "2026-03")]
    [InlineData("2026-03", "cutoff-15", "2026-04")]
    [InlineData("2026-Q1", "calendar", "2026-Q1")]
    [InlineData("2026-Q1", "cutoff-15", "2026-Q2")]
    [InlineData("2026", "calendar", null)]
    public async Task Emergency_OfTwoDays_IsAReasonForThePeriodWhoseWindowHoldsIt(string like, string windows, string? held)
    {
        using var world = await CheckWorld.CreateAsync(text =>
            text.Replace("windows: calendar", $"windows: {windows}", StringComparison.Ordinal)
        );

        var known = Of(world, "09001", Period.Parse(like).Frequency, world.Catalog.AreasWithCode("09001").Single().Id);

        (string, Period, Period, bool)[] expected = held is null
            ? []
            : [("Tình trạng khẩn cấp theo 12/QĐ-UBND", Period.Parse(held), Period.Parse(held), false)];
        Assert.Equal(expected, known.Select(one => (one.Name, one.First, one.Last, one.Breaks)));
    }

    [Theory]
    [InlineData("09001", "09001", true)]
    [InlineData("09001", "97", true)]
    [InlineData("97", "09001", true)]
    [InlineData("08999", "09001", false)]
    public async Task Emergency_OfAnArea_ConcernsWhatLiesInItAndWhatItLiesIn(string area, string declared, bool concerns)
    {
        using var world = await CheckWorld.CreateAsync();

        var known = Of(world, area, Frequency.Month, world.Catalog.AreasWithCode(declared).Single().Id);

        Assert.Equal(concerns, known.Count == 1);
    }

    [Theory]
    [InlineData("09001", "2026-03", "2026-03 2026-04")]
    [InlineData("97", "2026-Q1", "2026-Q1 2026-Q2")]
    [InlineData("09001", "2026", null)]
    [InlineData("08999", "2026-03", null)]
    public async Task Event_OfASet_IsAReasonForThePeriodsThatShareADayWithIt(string area, string like, string? held)
    {
        using var world = await CheckWorld.CreateAsync(text =>
            WithEvent(text, "from: 2026-03-31, to: 2026-04-01, areas: [\"09001\"]")
        );

        var known = new KnownEvents(world.Catalog, []).Of(FormulaOf(world, area, Period.Parse(like).Frequency), []);

        (string, string, bool)[] expected = held is null ? [] : [("Lũ quét", held, false)];
        Assert.Equal(expected, known.Select(one => (one.Name, $"{one.First} {one.Last}", one.Breaks)));
    }

    [Theory]
    [InlineData("A01.01", true)]
    [InlineData("A02.01", false)]
    public async Task Event_OfAnIndicator_ConcernsItsMeasures(string measure, bool concerns)
    {
        using var world = await CheckWorld.CreateAsync(text =>
            WithEvent(text, "from: 2026-03-10, to: 2026-03-12, areas: [\"97\"], indicators: [XA-A01]")
        );

        var known = new KnownEvents(world.Catalog, []).Of(FormulaOf(world, "09001", Frequency.Month, measure), []);

        Assert.Equal(concerns, known.Count == 1);
    }

    /// <summary>The commune was made long after the flood, of two whose figures are its past.</summary>
    [Theory]
    [InlineData("09012", true)]
    [InlineData("97", true)]
    [InlineData("08999", false)]
    public async Task Event_OfAnAreaThatHasMergedSince_ConcernsThePastOfTheNewOne(string named, bool concerns)
    {
        const string Line = """  - {code: "09001", name: Xã Ất, level: commune, from: 2010-01-01, parent: "97"}""";
        const string Lines = """
              - {code: "09011", name: Xã Ất Một, level: commune, from: 2010-01-01, to: 2026-01-31, parent: "97"}
              - {code: "09012", name: Xã Ất Hai, level: commune, from: 2010-01-01, to: 2026-01-31, parent: "97"}
              - {code: "09001", name: Xã Ất, level: commune, from: 2026-02-01, parent: "97", predecessors: [{code: "09011"}, {code: "09012"}]}
            """;
        using var world = await CheckWorld.CreateAsync(text =>
            WithEvent(
                text.Replace(Line, Lines, StringComparison.Ordinal),
                $"from: 2024-09-07, to: 2024-09-15, areas: [\"{named}\"]"
            )
        );

        var known = new KnownEvents(world.Catalog, []).Of(FormulaOf(world, "09001", Frequency.Month), []);

        const string Merger = "Sắp xếp đơn vị hành chính ngày 01/02/2026 2026-02";
        string[] expected = concerns ? ["Lũ quét 2024-09", Merger] : [Merger];
        Assert.Equal(expected, known.Select(one => $"{one.Name} {one.First}"));
    }

    /// <summary>
    /// Typhoon Yagi, the third of 2024, was on land from 7 September on, and its floods stood for a week (resolution 143/NQ-CP of 17 September 2024). Codes
    /// are those of the day: 15 was Yên Bái's and is Lào Cai's now, 24 was Bắc Giang's.
    /// </summary>
    [Theory]
    [InlineData("10", true)]
    [InlineData("15", true)]
    [InlineData("24", false)]
    public void Event_OfAnOldProvince_IsInThePastOfTheOneMadeOfIt(string code, bool concerns)
    {
        var shipped =
            CatalogReader.Read(Path.Combine(Repository.Root, "seeds")).Snapshot
            ?? throw new InvalidOperationException("The shipped sets have faults.");
        var set = shipped.Sets.Single(one => one.Code == "lao-cai");
        var yagi = new SetEvent("Bão số 3 (Yagi)", new(2024, 9, 7), new(2024, 9, 15), [code], [], "143/NQ-CP");
        var catalog = new CatalogSnapshot([set with { Events = [yagi] }], shipped.Areas);
        var key = new SeriesKey("lao-cai", "LC-A01", "LC-A01.05", "lua", "15@2025-07-01", Frequency.Month);
        var formula = new SeriesGraph(catalog).FormulaOf(key);
        Assert.NotNull(formula);

        var known = new KnownEvents(catalog, []).Of(formula, []);

        var month = Period.Parse("2024-09");
        Assert.Equal(concerns, known.Contains(new KnownEvent("Bão số 3 (Yagi)", month, month)));
    }

    [Fact]
    public async Task Break_NamedByTheOffice_LeavesNothingBeforeIt()
    {
        using var world = await CheckWorld.CreateAsync();
        var month = Period.Parse("2026-02");
        var said = new Statement("forms", From, FigureValue.Of(1m), ObsStatus.Break, Vintage.Official, null);

        var known = new KnownEvents(world.Catalog, []).Of(FormulaOf(world, "09001", Frequency.Month), [new(month, said, 1)]);

        Assert.Equal((month, true), (Assert.Single(known).First, known[0].Breaks));
    }

    private static IReadOnlyList<KnownEvent> Of(CheckWorld world, string area, Frequency frequency, string declared)
    {
        var flood = new Emergency(1, "12/QĐ-UBND", [declared], From, From.AddDays(2), From, "an", null);
        return new KnownEvents(world.Catalog, [flood]).Of(FormulaOf(world, area, frequency), []);
    }

    // The files of areas have no groups.
    private static string WithEvent(string text, string known) =>
        text.Replace("groups:\n", $"events:\n  - {{name: Lũ quét, {known}}}\ngroups:\n", StringComparison.Ordinal);

    private static SeriesFormula FormulaOf(CheckWorld world, string area, Frequency frequency, string measure = "A01.01") =>
        new SeriesGraph(world.Catalog).FormulaOf(world.Key(measure, area, frequency))
        ?? throw new InvalidOperationException("The catalog lacks the series.");
}
