using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Everybody who sees what should fire: whoever is not in this list is not heard.</summary>
public static class AlertProviders
{
    /// <param name="isPulled">True for an indicator of a set that some source is asked for.</param>
    /// <param name="isAsked">True for a duty that the source with the name is asked for.</param>
    public static IReadOnlyList<IAlertProvider> Of(
        CatalogSnapshot catalog,
        ILedgerStore ledger,
        Func<string, string, bool> isPulled,
        Func<string, Duty, bool> isAsked,
        TimeZoneInfo zone
    ) =>
        [
            new CataloguedAlerts(catalog, new LateAlerts(catalog, ledger, ledger, isPulled, zone)),
            new CataloguedAlerts(catalog, new SourceAlerts(catalog, ledger, isAsked, zone)),
            new CataloguedAlerts(catalog, new PointAlerts(catalog, ledger)),
            new CataloguedAlerts(catalog, new FindingAlerts(catalog, ledger, ledger, zone)),
            // Where the file of a set is gone, its thresholds stay up: a river is not silenced by that.
            new ThresholdAlerts(catalog, ledger, ledger, zone),
        ];
}
