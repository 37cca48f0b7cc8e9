using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Derivation.Graph;

using Ledger = Dictionary<SeriesKey, SortedDictionary<Period, decimal>>;

/// <summary>What must hold whatever is reported: how series depend on each other, and that the ways to a figure agree.</summary>
public sealed class GraphPropertiesTest
{
    private static readonly Period First = Period.Parse("2023-11");

    // A case speaks of few rows and communes, so that their months meet, bases turn zero and figures come and go.
    private static readonly Gen<(
        List<(SeriesKey Key, Period Period, decimal? Value)> Before,
        List<(SeriesKey Key, Period Period, decimal? Value)> After
    )> Case =
        from measures in Gen.Elements<Measure>([.. GraphCatalog.Reported]).ArrayOf(2)
        from areas in Gen.Elements<Area>([.. GraphCatalog.Communes]).ArrayOf(3)
        from size in Gen.Choose(0, 120)
        from before in Statement([GraphCatalog.Flow, .. measures], areas).ArrayOf(size)
        from after in Statement([GraphCatalog.Flow, .. measures], areas).ArrayOf(4)
        select (before.ToList(), after.ToList());

    private static Gen<(SeriesKey Key, Period Period, decimal? Value)> Statement(Measure[] measures, Area[] areas) =>
        from measure in Gen.Elements(measures)
        from area in Gen.Elements(areas)
        from month in Gen.Choose(0, 31)
        from coarse in Gen.Choose(0, 9)
        from value in Gen.Choose(-1, 6)
        let period = First.Shift(month)
        from day in Gen.Elements(0, 13, 14, 27)
        from subject in Gen.Elements(measure.Subjects.Select(subject => subject.Code).DefaultIfEmpty("").ToArray())
        let fine = GraphCatalog.IndicatorOf(measure).Frequencies.Contains(Frequency.Day)
            ? Period.At(Frequency.Day, period.Start.AddDays(day))
            : period
        let at = coarse == 0 ? period.Within(Frequency.Quarter) ?? fine : fine
        select (GraphCatalog.Key(measure, area.Id, at.Frequency, subject), at, value < 0 ? (decimal?)null : value);

    private static readonly Config Quick = Config.QuickThrowOnFailure.WithMaxTest(100);

    [Fact]
    public void Evaluate_OnlyWhatAChangeReaches_EqualsFromScratch() =>
        Prop.ForAll(
                Case.ToArbitrary(),
                given =>
                {
                    var wrong = Recomputation.Differences(GraphCatalog.Series, [.. AllSeries()], given.Before, given.After);
                    return wrong.Count == 0 ? true : throw new Xunit.Sdk.XunitException(string.Join('\n', wrong));
                }
            )
            .Check(Quick);

    [Fact]
    public void ReadersOf_EverySeries_AreThoseWhoseFormulasNameIt()
    {
        var all = AllSeries().ToList();

        Assert.All(
            all,
            key =>
            {
                var readers = all.Where(other => GraphCatalog.Series.FormulaOf(other)?.Inputs.Contains(key) == true).ToHashSet();
                Assert.True(readers.SetEquals(GraphCatalog.Series.ReadersOf(key)), $"{key}");
            }
        );
    }

    [Fact]
    public void RollUp_ThroughQuartersOrStraightFromMonths_IsTheSame() =>
        Prop.ForAll(
                Gen.Choose(-5, 50).Select(value => (decimal)value / 4).ArrayOf(24).ToArbitrary(),
                values =>
                {
                    var months = values
                        .Select((value, at) => GraphCatalog.Figure(Period.Parse("2024-01").Shift(at), value))
                        .ToList();
                    var regime = GraphCatalog.Set.Regime;
                    return (
                        (Measure[])
                            [GraphCatalog.Flow, GraphCatalog.Stock, GraphCatalog.Flow with { DeclaredOverTime = OverTime.Max }]
                    ).All(measure =>
                    {
                        var quarters = FinerPeriods.RollUp(measure, Frequency.Quarter, months, regime).ToList();
                        var through = FinerPeriods.RollUp(measure, Frequency.Year, quarters, regime);
                        var straight = FinerPeriods.RollUp(measure, Frequency.Year, months, regime);
                        return Values(through).SequenceEqual(Values(straight));
                    });
                }
            )
            .Check(Quick);

    /// <summary>The communes of both old provinces added up, and the two old provinces added up, are the new province's past.</summary>
    [Fact]
    public void Merger_OfProvinces_CommutesWithSummingTheirCommunes() =>
        Prop.ForAll(
                Gen.Choose(0, 100).Select(value => (decimal)value).ArrayOf(5).ToArbitrary(),
                values =>
                {
                    var period = Period.Parse("2025-03");
                    var old = GraphCatalog.Communes.Where(area => area.From < GraphCatalog.Merger).ToList();
                    var reported = new Ledger();
                    for (var at = 0; at < old.Count; at++)
                        reported[GraphCatalog.Key(GraphCatalog.Flow, old[at].Id)] = new() { [period] = values[at] };
                    var evaluator = GraphCatalog.Evaluate(reported);

                    var merged = evaluator.FiguresOf(GraphCatalog.Key(GraphCatalog.Flow, GraphCatalog.NewProvince));
                    return merged is [var only]
                        && only.Period == period
                        && only.Current.Value.Number == values.Sum()
                        && only.Computed is { Kind: FormulaKind.Predecessors, Have: 2, Need: 2 };
                }
            )
            .Check(Quick);

    /// <summary>A commune that stood before and stands on is not the whole past of the province it came to.</summary>
    [Fact]
    public void Province_CommuneOutlivesTheOldOne_PastIsThatOfAllOldCommunes()
    {
        var reported = new Ledger();
        foreach (var commune in GraphCatalog.Communes.Where(area => area.From < GraphCatalog.Merger))
            reported[GraphCatalog.Key(GraphCatalog.Flow, commune.Id)] = new() { [Period.Parse("2025-03")] = 10m };
        reported[GraphCatalog.Key(GraphCatalog.Flow, "105@1997-01-01")][Period.Parse("2025-08")] = 3m;
        var evaluator = GraphCatalog.Evaluate(reported);

        var merged = evaluator.FiguresOf(GraphCatalog.Key(GraphCatalog.Flow, GraphCatalog.NewProvince));
        var old = evaluator.FiguresOf(GraphCatalog.Key(GraphCatalog.Flow, "27@1997-01-01"));

        Assert.Equal([(Period.Parse("2025-03"), 50m), (Period.Parse("2025-08"), 3m)], Values(merged));
        Assert.Equal([(Period.Parse("2025-03"), 30m)], Values(old));
    }

    private static IEnumerable<SeriesKey> AllSeries() =>
        from measure in GraphCatalog.Set.Measures
        from area in GraphCatalog.Areas
        where area.Level != AreaLevel.Country
        // A derived row follows its inputs, also to frequencies that its own indicator has not.
        from frequency in GraphCatalog.IndicatorOf(measure.Derived is null ? measure : GraphCatalog.Rain).Frequencies
        from subject in measure.Subjects.Select(subject => subject.Code).DefaultIfEmpty("")
        select GraphCatalog.Key(measure, area.Id, frequency, subject);

    private static IEnumerable<(Period, decimal?)> Values(IEnumerable<Figure> figures) =>
        figures.Select(figure => (figure.Period, figure.Current.Value.Number));
}
