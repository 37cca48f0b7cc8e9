using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Reported figures and plans brought from a snapshot into memory, for an evaluator to work on; read once each.</summary>
/// <param name="keepStatements">Keep what <see cref="StatementsOf"/> gives: also what does not count.</param>
public sealed class KnownFigures(
    SeriesGraph graph,
    CatalogSnapshot catalog,
    ILedgerSnapshot snapshot,
    bool keepStatements = false
)
{
    private readonly Dictionary<(SeriesKey, Period), IReadOnlyList<Statement>> statements = [];
    private readonly Dictionary<SeriesKey, IReadOnlyList<Figure>> figures = [];
    private readonly Dictionary<PlanKey, IReadOnlyList<PlanVersion>> plans = [];

    /// <summary>Works on what was loaded; what was not counts as not reported.</summary>
    public SeriesEvaluator Evaluator() =>
        new(graph, key => figures.GetValueOrDefault(key) ?? [], key => plans.GetValueOrDefault(PlanKey.Of(key)) ?? []);

    /// <summary>All that was said about a figure that was loaded; empty where nothing was, or where statements are not kept.</summary>
    public IReadOnlyList<Statement> StatementsOf(SeriesKey key, Period period) =>
        statements.GetValueOrDefault((key, period)) ?? [];

    /// <summary>Brings in whole series; those loaded before are not read again.</summary>
    public async Task LoadAsync(IEnumerable<SeriesKey> keys, CancellationToken cancellationToken)
    {
        foreach (var key in keys)
            await LoadAsync(key, cancellationToken);
    }

    /// <summary>Brings in what the ranges ask for, with the plans that belong to it.</summary>
    public async Task LoadAsync(ReadRanges ranges, CancellationToken cancellationToken)
    {
        var read = new Dictionary<SeriesKey, List<Figure>>();
        while (ranges.Next() is { } range)
        {
            var found = await ReadAsync(range.Series, range.First, range.Last, cancellationToken);
            ranges.Found(range, found.Where(figure => figure.Current.Value != FigureValue.None).Select(figure => figure.Period));
            if (found.Count > 0 && !read.TryAdd(range.Series, found))
                read[range.Series].AddRange(found);
        }
        // Stretches come in any order, and those of reported running totals may be asked for twice.
        foreach (var (key, all) in read)
            figures[key] = [.. all.DistinctBy(figure => figure.Period).OrderBy(figure => figure.Period)];
        foreach (var key in ranges.Planned)
            await LoadPlansAsync(key, cancellationToken);
    }

    private async Task LoadAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        if (figures.ContainsKey(key))
            return;
        figures[key] = await ReadAsync(key, null, null, cancellationToken);
        await LoadPlansAsync(key, cancellationToken);
    }

    private async Task<List<Figure>> ReadAsync(SeriesKey key, Period? from, Period? to, CancellationToken cancellationToken)
    {
        if (
            catalog.FindSet(key.Set) is not { } set
            || await snapshot.ReadAsync(key, from, to, cancellationToken) is not { } series
        )
            return [];
        if (keepStatements)
        {
            foreach (var (period, said) in series.Periods)
                statements[(key, period)] = said;
        }
        return series.Figures(set.TrustIn);
    }

    private async Task LoadPlansAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        if (!plans.ContainsKey(PlanKey.Of(key)))
            plans[PlanKey.Of(key)] = await snapshot.ReadPlansAsync(PlanKey.Of(key), cancellationToken);
    }
}
