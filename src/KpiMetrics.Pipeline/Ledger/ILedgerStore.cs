using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Everything that is kept in one place, whatever kind of store that is: all sides of the ledger see one another's transactions.</summary>
public interface ILedgerStore
    : ILedger,
        IOutbox,
        ITakenFiles,
        IPlans,
        IObligations,
        IAskings,
        IClaims,
        IEmergencies,
        ITokens,
        IPushReceipts,
        ISchedules,
        IFindings,
        IAlerts,
        IAlertGrounds,
        IAuditTrail,
        ICatalogNames,
        IWritable
{
    /// <summary>Where it lies, for messages: a file, or a server's host, port and database.</summary>
    string Place { get; }
}
