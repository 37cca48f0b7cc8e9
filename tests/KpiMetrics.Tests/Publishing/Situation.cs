using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Publishing;

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

    public void Report(string period, decimal? value, string measure = "T-A01.01") =>
        Ledger.Report(
            Given.Key(measure, frequency: Period.Parse(period).Frequency),
            Period.Parse(period),
            value is { } number ? FigureValue.Of(number) : FigureValue.None
        );

    public Task<PublishResult> RunAsync() =>
        new PublishStage(Ledger, Ledger, Store, Catalog, Given.Zone).RunAsync(Given.Noon, TestContext.Current.CancellationToken);

    /// <summary>What the store must hold: every series derived whole, from nothing.</summary>
    public string FromScratch()
    {
        var points = Enumerable.Range(0, Ledger.Series.Count).SelectMany(PointsOf);
        return MemoryStore.Print(
            points.Select(point => KeyValuePair.Create(MemoryStore.NameOf(point.Address), MemoryStore.FieldsOf(point)))
        );
    }

    public string Stored() => MemoryStore.Print(Store.Points);

    /// <summary>The bits the ledger must have when all is published.</summary>
    public Dictionary<(int, Period), int> BitsFromScratch() =>
        (
            from id in Enumerable.Range(0, Ledger.Series.Count)
            from derived in Derive(id)
            let builder = new PointBuilder(Ledger.Series[id], Given.Set, Given.Set.Indicators.First(), Given.Zone)
            select KeyValuePair.Create((id, derived.Figure.Period), (int)builder.Build(derived).Fields)
        ).ToDictionary();

    private IEnumerable<Point> PointsOf(int id)
    {
        var builder = new PointBuilder(Ledger.Series[id], Given.Set, Given.Set.Indicators.First(), Given.Zone);
        return Derive(id).Select(builder.Build);
    }

    private IEnumerable<DerivedFigure> Derive(int id)
    {
        var key = Ledger.Series[id];
        var found = Given.Catalog.FindMeasure(key.Set, key.Measure);
        Assert.NotNull(found);
        return SeriesDerivation.Derive(found.Value.Measure, key.Frequency, Ledger.All(id).Figures(Given.Set.TrustIn));
    }
}
