using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Pipeline.Checks.Statistics;

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

    private static SeriesFormula FormulaOf(CheckWorld world, string area, Frequency frequency) =>
        new SeriesGraph(world.Catalog).FormulaOf(world.Key("A01.01", area, frequency))
        ?? throw new InvalidOperationException("The catalog lacks the series.");
}
