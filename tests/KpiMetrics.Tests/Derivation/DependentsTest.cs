using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation;

public sealed class DependentsTest
{
    [Theory]
    [InlineData("2025-10", "2025-10 2025-11 2025-12 2026-10 2026-11 2026-12")]
    [InlineData("2025-12", "2025-12 2026-01 2026-12")]
    [InlineData("2025-Q3", "2025-Q3 2025-Q4 2026-Q3 2026-Q4")]
    [InlineData("2025", "2025 2026")]
    [InlineData("2020-W53", "2020-W53 2021-W01")]
    [InlineData("2199-12", "2199-12")]
    public void Of_AChangedFigure_IsItselfTheRestOfTheYearTheNextAndTheYearLater(string changed, string expected) =>
        Assert.Equal(expected, string.Join(" ", Dependents.Of(Period.Parse(changed), TestCatalog.Flow)));

    [Fact]
    public void Of_28FebruaryBeforeALeapYear_ReachesBothDays()
    {
        var reached = Dependents.Of(Period.Parse("2023-02-28"), TestCatalog.Stock).Select(period => period.ToString()).ToList();

        Assert.Contains("2024-02-28", reached);
        Assert.Contains("2024-02-29", reached);
    }

    [Fact]
    public void InputsFrom_AnyPeriod_IsEarlyEnoughForAllItsDerivations() =>
        Prop.ForAll(
                AnyPeriod.Arbitrary,
                period =>
                {
                    var from = Dependents.InputsFrom(period);
                    return from <= period.FirstOfYear
                        && (period.Previous is not { } previous || from <= previous)
                        && (period.YearEarlier is not { } earlier || from <= earlier);
                }
            )
            .QuickCheckThrowOnFailure();

    /// <summary>After any corrections, recomputing only what depends on them gives what computing all from scratch gives.</summary>
    [Fact]
    public void Derive_OnlyWhatDependsOnACorrection_EqualsFromScratch() =>
        Prop.ForAll(
                Scenario().ToArbitrary(),
                scenario =>
                    Incremental(scenario)
                        .SequenceEqual(FromScratch(scenario.Measure, scenario.Frequency, scenario.After).Select(row => row.Text))
            )
            .QuickCheckThrowOnFailure();

    private sealed record Change(
        Measure Measure,
        Frequency Frequency,
        SortedDictionary<int, decimal> Before,
        int[] Changed,
        SortedDictionary<int, decimal> After
    );

    private static Gen<Change> Scenario() =>
        from frequency in Gen.Elements(Frequency.Month, Frequency.Quarter, Frequency.Year, Frequency.Week, Frequency.Day)
        let first = Period.Of(frequency, 2023, 1).Index
        let span = Period.CountIn(frequency, 2023) * 3
        from measure in Gen.Elements(TestCatalog.Flow, TestCatalog.Stock, TestCatalog.Flow with { Kind = MeasureKind.Cumulative })
        from before in Gen.ListOf(from at in Gen.Choose(0, span) from value in Gen.Choose(-5, 50) select (at, value))
        from changes in Gen.NonEmptyListOf(from at in Gen.Choose(0, span) from value in Gen.Choose(-5, 50) select (at, value))
        select Made(measure, frequency, first, before, changes);

    private static Change Made(
        Measure measure,
        Frequency frequency,
        int first,
        IEnumerable<(int At, int Value)> before,
        IEnumerable<(int At, int Value)> changes
    )
    {
        var start = new SortedDictionary<int, decimal>();
        foreach (var (at, value) in before)
            start[first + at] = value;
        var after = new SortedDictionary<int, decimal>(start);
        foreach (var (at, value) in changes)
        {
            // A negative value stands for a withdrawal.
            if (value < 0)
                after.Remove(first + at);
            else
                after[first + at] = value;
        }
        return new(measure, frequency, start, changes.Select(change => first + change.At).Distinct().ToArray(), after);
    }

    private static List<string> Incremental(Change change)
    {
        var state = FromScratch(change.Measure, change.Frequency, change.Before).ToDictionary(row => row.Period);
        foreach (var changed in change.Changed.Select(index => Period.FromIndex(change.Frequency, index)))
        {
            var affected = Dependents.Of(changed, change.Measure).ToHashSet();
            var from = Dependents.InputsFrom(changed).Index;
            var to = Dependents.LastOf(changed, change.Measure).Index;
            foreach (var period in affected)
                state.Remove(period);
            var stretch = new SortedDictionary<int, decimal>(
                change.After.Where(pair => pair.Key >= from && pair.Key <= to).ToDictionary()
            );
            foreach (
                var row in FromScratch(change.Measure, change.Frequency, stretch).Where(row => affected.Contains(row.Period))
            )
                state[row.Period] = row;
        }
        return state.Values.OrderBy(row => row.Period).Select(row => row.Text).ToList();
    }

    private static List<(Period Period, string Text)> FromScratch(
        Measure measure,
        Frequency frequency,
        SortedDictionary<int, decimal> figures
    ) =>
        SeriesDerivation
            .Derive(
                measure,
                frequency,
                figures
                    .Select(pair => SeriesDerivationTest.Figure(Period.FromIndex(frequency, pair.Key).ToString(), pair.Value))
                    .ToList()
            )
            .Select(row =>
                (row.Figure.Period, $"{row.Figure.Period} {row.Figure.Current.Value} {row.Pop} {row.Yoy} {row.Ytd} {row.YtdYoy}")
            )
            .ToList();
}
