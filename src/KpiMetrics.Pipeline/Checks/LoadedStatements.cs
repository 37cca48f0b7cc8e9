using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>The statements that the checks of one measure need, in memory.</summary>
/// <param name="reported">The series that the ledger has; others are not looked for. Null: not known.</param>
internal sealed class LoadedStatements(
    SeriesGraph graph,
    IndicatorSet set,
    IReadOnlySet<SeriesKey>? reported,
    ILedgerSnapshot snapshot
)
{
    private readonly Dictionary<SeriesKey, Dictionary<Period, IReadOnlyList<Statement>>> statements = [];
    private readonly Dictionary<SeriesKey, IReadOnlyList<Figure>> figures = [];
    private readonly Dictionary<PlanKey, IReadOnlyList<PlanVersion>> plans = [];

    public async Task LoadAsync(IEnumerable<SeriesKey> keys, CancellationToken cancellationToken)
    {
        var missing = keys.Where(key => reported?.Contains(key) != false && !figures.ContainsKey(key)).Distinct().ToList();
        var read = await snapshot.ReadAsync(missing.ConvertAll(key => new SeriesStretch(key)), cancellationToken);
        foreach (var (key, series) in missing.Zip(read))
        {
            figures[key] = series?.Figures(set.TrustIn) ?? [];
            statements[key] = (series?.Periods ?? []).ToDictionary(entry => entry.Period, entry => entry.Statements);
        }
    }

    public async Task LoadPlansAsync(IEnumerable<SeriesKey> keys, CancellationToken cancellationToken)
    {
        var missing = keys.Select(PlanKey.Of).Where(key => !plans.ContainsKey(key)).Distinct().ToList();
        var found = await snapshot.ReadPlansAsync(missing, cancellationToken);
        foreach (var key in missing)
            plans[key] = [.. found[key]];
    }

    /// <summary>The figures that count, in order; empty where there are none.</summary>
    public IReadOnlyList<Figure> FiguresOf(SeriesKey key) => figures.GetValueOrDefault(key) ?? [];

    /// <summary>All that was said about one figure.</summary>
    public IReadOnlyList<Statement> StatementsOf(SeriesKey key, Period period) =>
        statements.GetValueOrDefault(key)?.GetValueOrDefault(period) ?? [];

    /// <param name="computed">The measure whose figures are to be computed, as if nobody had reported them; null: all as reported.</param>
    public SeriesEvaluator Evaluator(string? computed = null) =>
        new(graph, key => key.Measure == computed ? [] : FiguresOf(key), key => plans.GetValueOrDefault(PlanKey.Of(key)) ?? []);
}
