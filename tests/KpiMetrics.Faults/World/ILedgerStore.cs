using KpiMetrics.Faults.Wires;

namespace KpiMetrics.Faults.World;

/// <summary>Where the workers keep their ledger, and how it is looked at past the product.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Of the environment of workers and commands.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Where it listens; null where it is no process.</summary>
    int? Port { get; }

    /// <summary>As <see cref="Environment"/>, for who reaches it through a wire.</summary>
    IReadOnlyDictionary<string, string> Through(Wire? wire);

    /// <summary>Ends it without a warning and starts it again; null where it is no process.</summary>
    Func<CancellationToken, Task>? KillAsync { get; }

    /// <summary>Brings it back after something that may have ended it, and says whether it had; null where it is no process.</summary>
    Func<CancellationToken, Task<bool>>? ReviveAsync { get; }

    /// <summary>The disk that it lies on, where that can be filled.</summary>
    LedgerDisk? Disk { get; }

    /// <summary>Why it cannot; empty where it can.</summary>
    string NoDisk { get; }

    /// <summary>What a query counts.</summary>
    Task<long> CountAsync(string sql, CancellationToken cancellationToken);
}
