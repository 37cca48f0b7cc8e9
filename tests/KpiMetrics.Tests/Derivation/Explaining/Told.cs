using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Derivation.Graph;

namespace KpiMetrics.Tests.Derivation.Explaining;

/// <summary>What offices said, and an explainer over it; the rows of <see cref="GraphCatalog"/> and those that only explanations need.</summary>
internal sealed class Told
{
    public static readonly DateTimeOffset Day = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(7));

    public static readonly Measure Index = Row("21", MeasureKind.Index) with
    {
        DeclaredOverTime = OverTime.GeometricMean,
        Bases = [new(Period.Parse("2020-01"), "2019"), new(Period.Parse("2024-06"), "2024", 1.0625m)],
    };
    public static readonly Measure Mean = Row("22", MeasureKind.Score) with { DeclaredOverTime = OverTime.Mean };
    public static readonly Measure Gauge = Row("23", MeasureKind.Stock) with { DeclaredOverTime = OverTime.Max };
    public static readonly Measure Plan = Derived("24", DerivedRule.Plan, GraphCatalog.Flow);
    public static readonly Measure Difference = Derived("25", DerivedRule.Difference, GraphCatalog.Flow, GraphCatalog.Below);
    public static readonly Measure SeasonYoy = Derived("26", DerivedRule.SeasonYoy, GraphCatalog.Flow);
    public static readonly Measure Share = Derived("27", DerivedRule.Share, GraphCatalog.Flow, GraphCatalog.Below);

    public static readonly IndicatorSet Set = GraphCatalog.Set with
    {
        Sources = ["forms", "narrative"],
        Groups =
        [
            GraphCatalog.Set.Groups[0] with
            {
                Indicators =
                [
                    GraphCatalog.Set.Groups[0].Indicators[0] with
                    {
                        Measures = [.. GraphCatalog.Set.Measures, Index, Mean, Gauge, Plan, Difference, SeasonYoy, Share],
                    },
                ],
            },
        ],
    };

    public static readonly CatalogSnapshot Catalog = new([Set], GraphCatalog.Areas);

    private static readonly SeriesGraph Graph = new(Catalog);

    private readonly Dictionary<SeriesKey, SortedDictionary<Period, List<Statement>>> said = [];
    private readonly Dictionary<(string Measure, string Area), List<PlanVersion>> plans = [];

    public SeriesEvaluator Evaluator() => new(Graph, Reported, key => plans.GetValueOrDefault((key.Measure, key.Area)) ?? []);

    public Explainer Explainer() =>
        new(Evaluator(), Catalog, (key, period) => said.GetValueOrDefault(key)?.GetValueOrDefault(period) is { } all ? all : []);

    public FigureExplanation Explain(Measure measure, string area, string period)
    {
        var of = Period.Parse(period);
        return Explainer().Explain(GraphCatalog.Key(measure, area, of.Frequency), of)!; // the rows are of the catalog
    }

    /// <summary>One statement; received on the first day unless <paramref name="day"/> says how many days later.</summary>
    public Told Say(
        Measure measure,
        string area,
        string period,
        decimal? value,
        Vintage vintage = Vintage.Official,
        int day = 0,
        string source = "forms"
    )
    {
        var at = Period.Parse(period);
        return Say(GraphCatalog.Key(measure, area, at.Frequency), at, value, vintage, day, source);
    }

    public Told Say(SeriesKey key, Period period, decimal? value, Vintage vintage, int day, string source)
    {
        if (!said.TryGetValue(key, out var periods))
            said[key] = periods = [];
        if (!periods.TryGetValue(period, out var all))
            periods[period] = all = [];
        all.Add(
            new(
                source,
                Day.AddDays(day),
                value is { } number ? FigureValue.Of(number) : FigureValue.None,
                value is null ? ObsStatus.Missing : ObsStatus.Normal,
                vintage,
                null
            )
        );
        return this;
    }

    public Told PlanFor(Measure measure, string area, string period, decimal value)
    {
        if (!plans.TryGetValue((measure.Code, area), out var all))
            plans[(measure.Code, area)] = all = [];
        all.Add(new("", Period.Parse(period), value, PlanKind.Assigned, "12/NQ-HĐND", Day, null));
        return this;
    }

    private IReadOnlyList<Figure> Reported(SeriesKey key) =>
        said.TryGetValue(key, out var periods)
            ? [.. periods.Select(entry => CurrentFigure.Of(entry.Key, entry.Value, Set.TrustIn)).OfType<Figure>()]
            : [];

    private static Measure Row(string number, MeasureKind kind) =>
        new()
        {
            Code = $"G-A01.{number}",
            Name = number,
            Kind = kind,
            Aggregation = Aggregation.None,
        };

    private static Measure Derived(string number, DerivedRule rule, params Measure[] inputs) =>
        Row(number, MeasureKind.Ratio) with
        {
            Unit = "%",
            Derived = new(rule, [.. inputs.Select(input => input.Code)]),
        };
}
