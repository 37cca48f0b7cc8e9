using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Derivation.Graph;

namespace KpiMetrics.Tests.Derivation.Explaining;

/// <summary>A figure's explanation recomputes to the figure, whatever was reported.</summary>
public sealed class ExplanationProperties
{
    private static readonly Period First = Period.Parse("2023-11");

    private static readonly Measure[] Rows = [.. GraphCatalog.Reported, Told.Index, Told.Mean, Told.Gauge];

    private static readonly Area[] Areas = [.. GraphCatalog.Areas.Where(area => area.Level != AreaLevel.Country)];

    private static readonly Gen<Told> Case =
        from measures in Gen.Elements(Rows).ArrayOf(3)
        from areas in Gen.Elements(Areas).ArrayOf(3)
        from size in Gen.Choose(0, 150)
        from said in Statement([GraphCatalog.Flow, GraphCatalog.Below, .. measures], areas).ArrayOf(size)
        from plans in Plan([GraphCatalog.Flow, Told.Plan, GraphCatalog.Total, .. measures], areas).ArrayOf(6)
        select Collect(said, plans);

    [Fact]
    public void Explain_AnyFigure_RecomputesToIt() =>
        Prop.ForAll(
                Case.ToArbitrary(),
                told =>
                {
                    var wrong = Wrong(told).Take(5).ToList();
                    return wrong.Count == 0 ? true : throw new Xunit.Sdk.XunitException(string.Join('\n', wrong));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static IEnumerable<string> Wrong(Told told)
    {
        var evaluator = told.Evaluator();
        var explainer = told.Explainer();
        var seen = new HashSet<Explanation>(ReferenceEqualityComparer.Instance);
        foreach (var measure in Told.Set.Measures)
        foreach (var area in Areas)
        foreach (var frequency in (Frequency[])[Frequency.Month, Frequency.Quarter, Frequency.Year])
        {
            var key = GraphCatalog.Key(measure, area.Id, frequency);
            foreach (var row in evaluator.Derive(key))
            {
                var explained = explainer.Explain(key, row.Figure.Period);
                if (explained is null || Results(explained) != Results(row))
                    yield return $"{key} {row.Figure.Period}: explained {explained?.Value.Result}, is {row}";
                else
                {
                    foreach (var fault in explained.Comparisons.Prepend(explained.Value).SelectMany(node => Faults(node, seen)))
                        yield return fault;
                }
            }
        }
    }

    private static (decimal?, decimal?, decimal?, decimal?, decimal?, decimal?) Results(FigureExplanation explained) =>
        (
            explained.Value.Result.Value,
            explained[ExplainedPart.Pop].Result.Value,
            explained[ExplainedPart.Yoy].Result.Value,
            explained[ExplainedPart.Ytd].Result.Value,
            explained[ExplainedPart.YtdYoy].Result.Value,
            explained[ExplainedPart.Plan].Result.Value
        );

    private static (decimal?, decimal?, decimal?, decimal?, decimal?, decimal?) Results(DerivedFigure row) =>
        (row.Figure.Current.Value.Number, row.Pop.Value, row.Yoy.Value, row.Ytd.Total.Value, row.YtdYoy.Value, row.Plan.Value);

    private static IEnumerable<string> Faults(Explanation node, HashSet<Explanation> seen)
    {
        if (!seen.Add(node))
            return [];
        var below = node.Inputs.SelectMany(input => Faults(input.Of, seen));
        var isStated = node.Arithmetic == Arithmetic.None && node.Result.Value is not null;
        if (isStated && node is not ({ Way: null, Said: not null, Inputs.Count: 0 } or { Plan: not null }))
            return below.Append(
                $"{node.Series} {node.Period} {node.Part} {node.Way} {node.Rule}: {node.Result} without a formula"
            );
        if (!isStated && !IsSame(node, node.Recompute(), node.Result.Value))
            return below.Append(
                $"{node.Series} {node.Period} {node.Part} {node.Way} {node.Rule}: {node.Formula} gives {node.Recompute()}, is {node.Result}"
            );
        return below;
    }

    // Of a geometric mean the links are multiplied in another order.
    private static bool IsSame(Explanation node, decimal? again, decimal? value) =>
        node.Arithmetic == Arithmetic.GeometricMean ? Math.Abs((again - value) ?? 1m) < 1e-20m : again == value;

    private static Gen<(
        Measure Measure,
        Area Area,
        Period Period,
        decimal? Value,
        Vintage Vintage,
        int Day,
        string Source
    )> Statement(Measure[] measures, Area[] areas) =>
        from measure in Gen.Elements(measures)
        from area in Gen.Elements(areas)
        from month in Gen.Choose(0, 31)
        from coarse in Gen.Choose(0, 9)
        from value in Gen.Choose(-1, 7)
        from vintage in Gen.Elements(Vintage.Official, Vintage.Official, Vintage.Estimate, Vintage.Preliminary)
        from day in Gen.Choose(0, 20)
        from source in Gen.Elements("forms", "forms", "narrative")
        let period = First.Shift(month)
        let at = coarse == 0 ? period.Within(Frequency.Quarter) ?? period : period
        select (measure, area, at, value < 0 ? (decimal?)null : value / 4m, vintage, day, source);

    private static Gen<(Measure Measure, Area Area, int Year, decimal Value)> Plan(Measure[] measures, Area[] areas) =>
        from measure in Gen.Elements(measures)
        from area in Gen.Elements(areas)
        from year in Gen.Choose(2024, 2026)
        from value in Gen.Choose(0, 9)
        select (measure, area, year, (decimal)value);

    private static Told Collect(
        (Measure Measure, Area Area, Period Period, decimal? Value, Vintage Vintage, int Day, string Source)[] said,
        (Measure Measure, Area Area, int Year, decimal Value)[] plans
    )
    {
        var told = new Told();
        foreach (var (measure, area, period, value, vintage, day, source) in said)
            told.Say(GraphCatalog.Key(measure, area.Id, period.Frequency), period, value, vintage, day, source);
        foreach (var (measure, area, year, value) in plans)
            told.PlanFor(measure, area.Id, Period.Of(Frequency.Year, year).ToString(), value);
        return told;
    }
}
