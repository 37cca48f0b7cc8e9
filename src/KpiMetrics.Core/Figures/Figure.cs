using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Figures;

/// <summary>What is known of one period of a series: the statement that counts, and how often its source has restated it.</summary>
/// <param name="Current">
/// Of a computed figure what its inputs allow to say: the newest instant, the lowest vintage and the weakest status among them; no value where
/// it could not be computed.
/// </param>
/// <param name="Revision">
/// 1 for the source's first statement, one more for each that did not just repeat the one before of its vintage; 0 for a computed figure.
/// </param>
public sealed record Figure(Period Period, Statement Current, int Revision)
{
    /// <summary>What was said before, or at a lower vintage, in the order received; repetitions left out.</summary>
    public IReadOnlyList<Statement> Earlier { get; init; } = [];

    /// <summary>How it was computed; null where it was reported.</summary>
    public Computation? Computed { get; init; }

    /// <summary>What was last said at a vintage; null where nothing was, or it was withdrawn again.</summary>
    public Statement? SaidAt(Vintage vintage) =>
        Earlier.Append(Current).LastOrDefault(statement => statement.Vintage == vintage) is { Value.Number: not null } said
            ? said
            : null;

    /// <summary>The statement that counted at an instant; null where nothing was known yet.</summary>
    public Statement? KnownAt(DateTimeOffset at)
    {
        Statement? known = null;
        foreach (var statement in Earlier.Append(Current))
        {
            if (statement.ReceivedAt > at || known is not null && statement.Vintage < known.Vintage)
                continue;
            if (known is null || statement.Vintage > known.Vintage || statement.ReceivedAt >= known.ReceivedAt)
                known = statement;
        }
        return known;
    }
}
