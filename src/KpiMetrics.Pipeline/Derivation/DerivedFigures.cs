using System.Runtime.CompilerServices;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Derivation;

/// <summary>The ledger's figures with their derivations, one series at a time; nothing is kept, so nothing can be out of date.</summary>
/// <remarks>Series of sets or measures that the catalog no longer has are left out: there is no rule to derive them by.</remarks>
public sealed class DerivedFigures(CatalogSnapshot catalog, ILedger ledger)
{
    /// <summary>In order of series, then period; withdrawn figures are left out.</summary>
    /// <param name="from">The first period wanted: those whose start is not before its start. Null: from the beginning.</param>
    /// <param name="to">The last period wanted: those that start before its end. Null: to the end.</param>
    public async IAsyncEnumerable<FigureRow> ReadAsync(
        FigureQuery query,
        Period? from,
        Period? to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var series in ledger.ReadAsync(query, cancellationToken))
        {
            var key = series.Key;
            if (catalog.FindSet(key.Set) is not { } set || catalog.FindMeasure(key.Set, key.Measure) is not var (_, measure))
                continue;
            var area = catalog.FindAreaById(key.Area);
            foreach (var figure in SeriesDerivation.Derive(measure, key.Frequency, series.Figures(set.TrustIn)))
            {
                var period = figure.Figure.Period;
                if ((from is not { } first || period.Start >= first.Start) && (to is not { } last || period.Start < last.End))
                    yield return new(key, measure, area, figure);
            }
        }
    }
}
