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
            await LoadAsync(key, null, null, cancellationToken);
    }

    /// <summary>Brings in a stretch of each series.</summary>
    public async Task LoadAsync(ReadRanges ranges, CancellationToken cancellationToken)
    {
        foreach (var (key, (from, to)) in ranges.All)
            await LoadAsync(key, Period.At(key.Frequency, from), LastBefore(key.Frequency, to), cancellationToken);
    }

    private async Task LoadAsync(SeriesKey key, Period? from, Period? to, CancellationToken cancellationToken)
    {
        if (figures.ContainsKey(key) || catalog.FindSet(key.Set) is not { } set)
            return;
        var series = await snapshot.ReadAsync(key, from, to, cancellationToken);
        figures[key] = series?.Figures(set.TrustIn) ?? [];
        if (keepStatements)
        {
            foreach (var (period, said) in series?.Periods ?? [])
                statements[(key, period)] = said;
        }
        if (!plans.ContainsKey(PlanKey.Of(key)))
            plans[PlanKey.Of(key)] = await snapshot.ReadPlansAsync(PlanKey.Of(key), cancellationToken);
    }

    private static Period LastBefore(Frequency frequency, DateTime end)
    {
        var last = end.AddTicks(-1);
        return Period.At(
            frequency,
            last.Year > Period.LastYear ? new(Period.LastYear, 12, 31, 23, 0, 0, DateTimeKind.Unspecified) : last
        );
    }
}
