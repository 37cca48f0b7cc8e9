using System.Runtime.CompilerServices;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Derivation;

/// <summary>The ledger's figures, and those computed from them, with their derivations; nothing is kept, so nothing can be out of date.</summary>
/// <remarks>
/// One measure at a time is in memory. Series of sets or measures that the catalog no longer has are left out: there is no rule to derive them by.
/// </remarks>
public sealed class DerivedFigures(CatalogSnapshot catalog, ILedger ledger)
{
    private readonly SeriesGraph graph = new(catalog);

    /// <summary>
    /// In order of set, indicator, measure, subject, area and frequency, then period. Withdrawn figures are left out; computed ones that could not be
    /// had have no value, and say why.
    /// </summary>
    /// <param name="from">The first period wanted: those whose start is not before its start. Null: from the beginning.</param>
    /// <param name="to">The last period wanted: those that start before its end. Null: to the end.</param>
    public async IAsyncEnumerable<FigureRow> ReadAsync(
        FigureQuery query,
        Period? from,
        Period? to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var snapshot = await ledger.OpenSnapshotAsync(query.AsOf, cancellationToken);
        foreach (var set in catalog.Sets.OrderBy(set => set.Code, StringComparer.Ordinal))
        {
            if (query.Set is { } wanted && wanted != set.Code)
                continue;
            var reported = await ReportedAsync(snapshot, set, cancellationToken);
            foreach (var (indicator, measure) in Measures(set, query))
            {
                var series = graph
                    .SeriesOf(set, measure, code => reported[code])
                    .Where(key => query.Frequency is not { } frequency || key.Frequency == frequency)
                    .Where(key => query.Area is not { } areas || areas.Contains(key.Area, StringComparer.Ordinal))
                    .Order(SeriesOrder.Instance)
                    .ToList();
                if (series.Count == 0)
                    continue;
                var known = new KnownFigures(graph, catalog, snapshot);
                await known.LoadAsync(series.SelectMany(graph.SourcesOf), cancellationToken);
                foreach (var row in Derive(known.Evaluator(), series, measure, from, to))
                    yield return row;
            }
        }
    }

    private IEnumerable<FigureRow> Derive(
        SeriesEvaluator evaluator,
        List<SeriesKey> series,
        Measure measure,
        Period? from,
        Period? to
    )
    {
        foreach (var key in series)
        {
            var area = catalog.FindAreaById(key.Area);
            var formula = evaluator.FormulaOf(key);
            foreach (var row in evaluator.Derive(key))
            {
                var period = row.Figure.Period;
                if ((from is not { } first || period.Start >= first.Start) && (to is not { } last || period.Start < last.End))
                    yield return new(key, measure, area, row) { AreaText = AreaText(formula, area, key, period) };
            }
        }
    }

    private static string AreaText(SeriesFormula? formula, Area? area, SeriesKey key, Period period) =>
        area is not null && formula is not null && area.IsValidOn(formula.WindowOf(period).LastDay) ? area.Code : key.Area;

    private static async Task<ILookup<string, SeriesKey>> ReportedAsync(
        ILedgerSnapshot snapshot,
        IndicatorSet set,
        CancellationToken cancellationToken
    )
    {
        var keys = new List<SeriesKey>();
        await foreach (var key in snapshot.ReadKeysAsync(new(set.Code), cancellationToken))
            keys.Add(key);
        return keys.ToLookup(key => key.Measure, StringComparer.Ordinal);
    }

    private static IEnumerable<(Indicator, Measure)> Measures(IndicatorSet set, FigureQuery query) =>
        from indicator in set.Indicators
        where query.Indicator is not { } code || code == indicator.Code
        from measure in indicator.Measures
        where query.Measure is not { } code || code == measure.Code
        orderby indicator.Code, measure.Code
        select (indicator, measure);
}
