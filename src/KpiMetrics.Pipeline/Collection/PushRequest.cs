using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>A push whose sender is known and may send it.</summary>
/// <param name="Set">In the catalog.</param>
/// <param name="Agency">The office whose figures it brings: all others are refused; null: every office's are taken.</param>
/// <param name="IsOffice">True where the office itself sends it, false where somebody does for it.</param>
/// <param name="Actor">Who, for the audit trail.</param>
/// <param name="IsCsv">The body is CSV; else it is a JSON array.</param>
/// <param name="Locale">How numbers in text are written, where that is declared.</param>
/// <param name="DryRun">Check everything, keep nothing.</param>
/// <param name="BodyHash">Of all that makes up the push.</param>
public sealed record PushRequest(
    string Set,
    string? Agency,
    bool IsOffice,
    string Actor,
    bool IsCsv,
    NumberLocale? Locale,
    bool DryRun,
    PushKey Key,
    ReadOnlyMemory<byte> BodyHash
);
