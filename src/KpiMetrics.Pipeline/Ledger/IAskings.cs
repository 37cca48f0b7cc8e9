using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Claims;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger's memory of what the sources were asked for.</summary>
public interface IAskings
{
    /// <summary>What every source was asked for, of the periods of a duty from <paramref name="from"/> to <paramref name="to"/>, both included.</summary>
    Task<IReadOnlyList<Asking>> ReadAskingsAsync(Duty duty, Period from, Period to, CancellationToken cancellationToken);

    /// <summary>The last question of each duty that was ever asked.</summary>
    Task<IReadOnlyDictionary<Duty, Asking>> ReadLastAskedAsync(CancellationToken cancellationToken);

    /// <summary>What the questions to each source about each set came to; a source that was never asked is left out.</summary>
    Task<IReadOnlyList<SourceAskings>> SummarizeAskingsAsync(CancellationToken cancellationToken);

    /// <summary>Keeps these in place of what was known of the same source and period.</summary>
    /// <param name="claim">Under which the source was asked; null: under none.</param>
    /// <exception cref="ClaimLostException">Somebody else has the claim; nothing is kept.</exception>
    Task SaveAskingsAsync(Duty duty, IReadOnlyCollection<Asking> askings, Claim? claim, CancellationToken cancellationToken);
}
