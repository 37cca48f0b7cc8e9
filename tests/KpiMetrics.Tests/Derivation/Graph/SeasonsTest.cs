using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.Graph;

using KpiMetrics.Core.Periods; // within the namespace, as ASP.NET brings a namespace Windows

public sealed class SeasonsTest
{
    // Đông xuân 2025 begins in the year before; the highland commune sows a month later.
    private static readonly Season[] All =
    [
        Season("mua", 2024, new(2024, 6, 1), new(2024, 10, 31)),
        Season("dong-xuan", 2025, new(2024, 11, 1), new(2025, 4, 30)),
        Season("dong-xuan", 2025, new(2024, 12, 1), new(2025, 5, 31), "03004"),
        Season("mua", 2025, new(2025, 6, 1), new(2025, 10, 31)),
    ];

    private static readonly Season[] Lowland = [All[0], All[1], All[3]];

    [Fact]
    public void Compare_AmountWithinASeason_IsHeldAgainstTheSameStageOfTheSeasonBefore()
    {
        // Mùa 2024: June 10, July 20, ...; đông xuân: November 12, December 15.
        var result = Compare(TestCatalog.Flow, ("2024-06", 10m), ("2024-07", 20m), ("2024-11", 12m), ("2024-12", 15m));

        Assert.Equal(20m, result["2024-11"].Value); // 12 against 10
        Assert.Equal(-10m, result["2024-12"].Value); // 27 against 30
        Assert.Equal("no season to compare with is declared for 2024-06", result["2024-06"].Why);
    }

    [Fact]
    public void Compare_LastPeriodOfASeason_IsTheWholeAgainstTheWhole()
    {
        var before = Enumerable.Range(6, 5).Select(month => ($"2024-{month:00}", 10m)); // mùa: 5 months of 10
        var after = Enumerable.Range(0, 6).Select(month => (Period.Parse("2024-11").Shift(month).ToString(), 12m));

        // 6 * 12 = 72 against all of 50, though the season is a month longer.
        Assert.Equal(44m, Compare(TestCatalog.Flow, [.. before, .. after])["2025-04"].Value);
    }

    [Fact]
    public void Compare_State_IsTheNewestAgainstThatOfTheSameStage() =>
        Assert.Equal(
            50m,
            Compare(TestCatalog.Stock, ("2024-06", 100m), ("2024-07", 200m), ("2024-11", 999m), ("2024-12", 300m))[
                "2024-12"
            ].Value
        );

    [Fact]
    public void Compare_AMonthOfEitherSeasonMissing_HasNoFigureAndSaysWhich()
    {
        var result = Compare(TestCatalog.Flow, ("2024-07", 20m), ("2024-11", 12m), ("2024-12", 15m));

        Assert.Equal("no figure for 2024-06", result["2024-11"].Why);
    }

    [Fact]
    public void Compare_SameSeasonAYearBefore_IsFoundByItsNameAndYear()
    {
        var result = Compare(TestCatalog.Flow, sameLastYear: true, ("2024-06", 10m), ("2025-06", 15m), ("2024-11", 1m));

        Assert.Equal(50m, result["2025-06"].Value);
        Assert.Equal(Absence.NoSeason, result["2024-11"].Absence);
    }

    [Fact]
    public void For_AnAreaWithItsOwnDates_TakesThemInPlaceOfTheOthers()
    {
        var set = TestCatalog.Set with { Seasons = All };
        var highland = TestCatalog.Province with { Code = "03004", From = new(2004, 1, 1) };

        Assert.Equal(
            [new(2024, 6, 1), new(2024, 12, 1), new(2025, 6, 1)],
            Seasons.For(set, highland, "").Select(season => season.From)
        );
        Assert.Equal(Lowland, Seasons.For(set, TestCatalog.Province, ""));
    }

    [Fact]
    public void For_ACodeUsedAgain_MeansTheAreaThatBoreItInTheSeason()
    {
        var set = TestCatalog.Set with { Seasons = All };
        var later = TestCatalog.Province with { Code = "03004", From = new(2025, 7, 1) };

        Assert.Equal(Lowland, Seasons.For(set, later, ""));
    }

    [Fact]
    public void For_ASeasonOfOtherCrops_IsNoneOfThisOne()
    {
        var set = TestCatalog.Set with { Seasons = [All[0] with { Subjects = ["lua"] }] };

        Assert.Single(Seasons.For(set, TestCatalog.Province, "lua"));
        Assert.Empty(Seasons.For(set, TestCatalog.Province, "ngo"));
    }

    [Fact]
    public void Compare_PeriodsOfDifferentWindows_AreNotAdded()
    {
        WindowForms forms = WindowForms.Of(
            [new(new(2020, 1, 1), WindowRule.Calendar, null, null), new(new(2024, 12, 1), WindowRule.Cutoff15, null, null)],
            Frequency.Month
        );
        var result = Compare(
            TestCatalog.Flow,
            false,
            forms,
            ("2024-06", 10m),
            ("2024-07", 10m),
            ("2024-11", 12m),
            ("2024-12", 15m)
        );

        Assert.Equal(20m, result["2024-11"].Value);
        Assert.Equal(Absence.WindowsDiffer, result["2024-12"].Absence);
    }

    private static Season Season(string code, int year, DateOnly from, DateOnly to, params string[] areas) =>
        new(code, code, year, from, to, areas, []);

    private static Dictionary<string, Derived> Compare(Measure measure, params (string Period, decimal Value)[] figures) =>
        Compare(measure, sameLastYear: false, figures);

    private static Dictionary<string, Derived> Compare(
        Measure measure,
        bool sameLastYear,
        params (string Period, decimal Value)[] figures
    ) => Compare(measure, sameLastYear, WindowForms.Calendar, figures);

    private static Dictionary<string, Derived> Compare(
        Measure measure,
        bool sameLastYear,
        WindowForms forms,
        params (string Period, decimal Value)[] figures
    ) =>
        Seasons
            .Compare(
                measure,
                [.. figures.Select(figure => GraphCatalog.Figure(Period.Parse(figure.Period), figure.Value))],
                Lowland,
                sameLastYear,
                period => Windows.Of(period, WindowRule.Calendar).LastDay,
                forms
            )
            .ToDictionary(
                figure => figure.Period.ToString(),
                figure => figure.Computed?.Result ?? default,
                StringComparer.Ordinal
            );
}
