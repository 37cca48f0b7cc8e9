using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The catalog's names beside the figures, for those who read the store itself: Grafana's boards join them in the views of PostgreSQL.</summary>
/// <remarks>
/// An SQLite ledger keeps none, and does nothing here: nobody but this program reads that file, and this program has the catalog in memory. No answer
/// of the ledger follows from what is kept here, so workers with different catalogs disagree about names alone: the last that started is shown.
/// </remarks>
public interface ICatalogNames
{
    /// <summary>Replaces what is kept, all of it or nothing, where it is not the same already; of several at once one does it.</summary>
    /// <param name="isAsked">Whether some source is asked for an indicator, by the codes of its set and itself; otherwise offices send it.</param>
    /// <returns>Whether something was written.</returns>
    Task<bool> KeepCatalogAsync(CatalogSnapshot catalog, Func<string, string, bool> isAsked, CancellationToken cancellationToken);
}
