using KpiMetrics.Core.Alerting;

namespace KpiMetrics.Pipeline.Alerting;

/// <summary>Sees one sort of things that somebody must act on, and knows what closes them. A new sort (the engine itself) is one more of these.</summary>
public interface IAlertProvider
{
    /// <summary>Whether it is this one that knows what closes the alert.</summary>
    bool Knows(AlertKind kind);

    /// <summary>All of a set that holds at the instant.</summary>
    Task<IReadOnlyList<Concern>> ReadAsync(string set, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>What closes the alerts, by key: each of them is open, of a kind that it knows, and was not among <see cref="ReadAsync"/>. Where there is no proof, none.</summary>
    Task<IReadOnlyDictionary<string, Evidence>> FindEvidenceAsync(
        IReadOnlyCollection<Alert> unseen,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );
}
