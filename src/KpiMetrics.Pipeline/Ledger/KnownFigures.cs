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

    /// <summary>How many figures were loaded.</summary>
    public int Count { get; private set; }

    /// <summary>Works on what was loaded; what was not counts as not reported.</summary>
    public SeriesEvaluator Evaluator() =>
        new(graph, key => figures.GetValueOrDefault(key) ?? [], key => plans.GetValueOrDefault(PlanKey.Of(key)) ?? []);

    /// <summary>All that was said about a figure that was loaded; empty where nothing was, or where statements are not kept.</summary>
    public IReadOnlyList<Statement> StatementsOf(SeriesKey key, Period period) =>
        statements.GetValueOrDefault((key, period)) ?? [];

    /// <summary>Brings in whole series; those loaded before are not read again.</summary>
    public async Task LoadAsync(IEnumerable<SeriesKey> keys, CancellationToken cancellationToken)
    {
        var missing = keys.Where(key => !figures.ContainsKey(key)).Distinct().ToList();
        var read = await ReadAsync(missing.ConvertAll(key => new SeriesStretch(key)), cancellationToken);
        foreach (var (key, found) in missing.Zip(read))
        {
            figures[key] = found;
            Count += found.Count;
        }
        await LoadPlansAsync(missing, cancellationToken);
    }

    /// <summary>Brings in what the ranges ask for, with the plans that belong to it, besides what they asked for before.</summary>
    public async Task LoadAsync(ReadRanges ranges, CancellationToken cancellationToken)
    {
        var read = new Dictionary<SeriesKey, List<Figure>>();
        while (ranges.Next() is { Count: > 0 } some)
        {
            SeriesStretch[] stretches = [.. some.Select(range => new SeriesStretch(range.Series, range.First, range.Last))];
            foreach (var (range, found) in some.Zip(await ReadAsync(stretches, cancellationToken)))
            {
                var reported = found.Where(figure => figure.Current.Value != FigureValue.None);
                ranges.Found(range, reported.Select(figure => figure.Period));
                if (found.Count > 0 && !read.TryAdd(range.Series, found))
                    read[range.Series].AddRange(found);
            }
        }
        // Stretches come in any order, and those of reported running totals may be asked for twice.
        foreach (var (key, all) in read)
        {
            var known = figures.GetValueOrDefault(key) ?? [];
            List<Figure> merged = [.. known.Concat(all).DistinctBy(figure => figure.Period).OrderBy(figure => figure.Period)];
            figures[key] = merged;
            Count += merged.Count - known.Count;
        }
        await LoadPlansAsync(ranges.Planned, cancellationToken);
    }

    private async Task<IReadOnlyList<List<Figure>>> ReadAsync(
        IReadOnlyList<SeriesStretch> stretches,
        CancellationToken cancellationToken
    )
    {
        var found = new List<List<Figure>>(stretches.Count);
        foreach (var some in StretchChunks.Of(stretches))
            found.AddRange((await snapshot.ReadAsync(some, cancellationToken)).Select(Take));
        return found;
    }

    // Nothing is made of what the catalog no longer knows.
    private List<Figure> Take(SeriesStatements? series)
    {
        if (series is null || catalog.FindSet(series.Key.Set) is not { } set)
            return [];
        if (keepStatements)
        {
            foreach (var (period, said) in series.Periods)
                statements[(series.Key, period)] = said;
        }
        return series.Figures(set.TrustIn);
    }

    private async Task LoadPlansAsync(IEnumerable<SeriesKey> keys, CancellationToken cancellationToken)
    {
        var missing = keys.Select(PlanKey.Of).Where(key => !plans.ContainsKey(key)).Distinct().ToList();
        if (missing.Count == 0)
            return;
        var found = await snapshot.ReadPlansAsync(missing, cancellationToken);
        foreach (var key in missing)
            plans[key] = [.. found[key]];
    }
}
