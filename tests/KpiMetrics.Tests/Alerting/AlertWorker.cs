using KpiMetrics.Core.Alerting;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Alerting;
using KpiMetrics.Pipeline.Alerting.Alertmanager;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

/// <summary>What a worker does for its alerts, and all that it remembers: a connection to the ledger of its own, and what it has told.</summary>
internal sealed class AlertWorker : IAsyncDisposable
{
    private readonly CatalogSnapshot catalog;
    private readonly Func<string, bool> isPulled;
    private readonly AlertDelivery delivery;

    /// <param name="file">Of the ledger.</param>
    /// <param name="alertmanager">Its address.</param>
    /// <param name="isPulled">By code of the indicator.</param>
    public AlertWorker(CatalogSnapshot catalog, string file, string alertmanager, Func<string, bool> isPulled)
    {
        (this.catalog, this.isPulled, Ledger) = (catalog, isPulled, new SqliteLedger(file));
        delivery = new(
            // Between two rounds lie hours here, not seconds.
            new() { Alertmanagers = [alertmanager], HoldSeconds = 86400 },
            catalog,
            TestCatalog.Zone,
            new ManualClock(DateTimeOffset.UnixEpoch), // waits as long as it takes
            (_, fault) => throw new InvalidOperationException(fault),
            _ => { }
        );
    }

    public SqliteLedger Ledger { get; }

    /// <summary>Compares and keeps, as far as it comes with the alerts it is given.</summary>
    public Task<AlertsKept> LookAsync(IAlerts alerts, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var providers = AlertProviders.Of(
            catalog,
            Ledger,
            (_, indicator) => isPulled(indicator),
            (_, _) => true,
            TestCatalog.Zone
        );
        var round = new AlertRound(new Escalation(catalog.Calendar, TestCatalog.Zone));
        return new AlertStage(alerts, providers, round).RunAsync(at, null, cancellationToken);
    }

    public async Task TellAsync(IReadOnlyList<Alert> live, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ended = new AlertQuery(States: [AlertState.Resolved], ResolvedSince: at - delivery.Memory);
        var resolved = await Ledger.ReadAlertsAsync(ended, cancellationToken);
        var digests = new MorningDigests(catalog, Ledger, (_, indicator) => isPulled(indicator), TestCatalog.Zone);
        await delivery.SendAsync(live, resolved, await digests.ReadAsync(live, at, cancellationToken), at);
    }

    public ValueTask DisposeAsync() => delivery.DisposeAsync();
}
