using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Publishing;

/// <summary>A ledger, a store and the stage between them.</summary>
internal sealed class Situation
{
    public Situation()
    {
        Ledger = new(Faults);
        Store = new(Faults);
    }

    public StepFaults Faults { get; } = new();

    public MemoryLedger Ledger { get; }

    public MemoryStore Store { get; }

    public CatalogSnapshot Catalog { get; set; } = Given.Catalog;

    public int FiguresKept { get; init; } = 250_000;

    public void Report(string period, decimal? value, string measure = "T-A01.01") =>
        Ledger.Report(
            Given.Key(measure, frequency: Period.Parse(period).Frequency),
            Period.Parse(period),
            value is { } number ? FigureValue.Of(number) : FigureValue.None
        );

    public Task<PublishResult> RunAsync() =>
        new PublishStage(Ledger, Ledger, Store, Catalog, Given.Zone) { FiguresKept = FiguresKept }.RunAloneAsync(
            Ledger,
            Given.Noon,
            TestContext.Current.CancellationToken
        );

    /// <summary>What the store must hold: every series worked out whole, from nothing.</summary>
    public string FromScratch() =>
        MemoryStore.Print(
            Points()
                .Select(entry => KeyValuePair.Create(MemoryStore.NameOf(entry.Point.Address), MemoryStore.FieldsOf(entry.Point)))
        );

    public string Stored() => MemoryStore.Print(Store.Points);

    /// <summary>The bits the ledger must have when all is published.</summary>
    public Dictionary<(int, Period), int> BitsFromScratch() =>
        Points()
            .ToDictionary(
                entry => (Ledger.Series.ToList().IndexOf(entry.Series), entry.Period),
                entry => (int)entry.Point.Fields
            );

    private IEnumerable<(SeriesKey Series, Period Period, Point Point)> Points()
    {
        var graph = new SeriesGraph(Catalog);
        var reported = Ledger
            .Series.Select((key, id) => (key, figures: Ledger.All(id).Figures(Given.Set.TrustIn)))
            .Where(entry => entry.figures.Count > 0)
            .ToDictionary(entry => entry.key, entry => entry.figures);
        var evaluator = new SeriesEvaluator(graph, key => reported.GetValueOrDefault(key) ?? [], _ => []);
        return from set in Catalog.Sets
            from measure in set.Measures
            from key in graph.SeriesOf(
                set,
                measure,
                code => reported.Keys.Where(key => key.Set == set.Code && key.Measure == code)
            )
            let formula = graph.FormulaOf(key)
            where formula is not null && PointTags.Of(key).Fault is null
            let builder = new PointBuilder(key, formula, Given.Zone)
            from row in evaluator.Derive(key)
            where row.Figure.Current.Value != FigureValue.None
            select (key, row.Figure.Period, builder.Build(row));
    }
}
