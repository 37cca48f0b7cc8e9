using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Everybody who sees what should fire: whoever is not in this list is not heard.</summary>
public static class AlertProviders
{
    public static IReadOnlyList<IAlertProvider> Of(
        CatalogSnapshot catalog,
        ILedgerStore ledger,
        Func<string, string, bool> isPulled,
        TimeZoneInfo zone
    ) =>
        [
            new LateAlerts(catalog, ledger, ledger, isPulled, zone),
            new SourceAlerts(ledger, ledger, zone),
            new PointAlerts(catalog, ledger),
            new FindingAlerts(catalog, ledger, ledger, zone),
            new ThresholdAlerts(catalog, ledger, ledger, zone),
        ];
}
