namespace KpiMetrics.Pipeline.Ledger;

/// <summary>A source that failed a set.</summary>
/// <param name="Duties">How many duties it was ever asked for.</param>
/// <param name="Failing">Of how many of these the last question failed.</param>
/// <param name="Since">When it last answered, or was first asked where it never did.</param>
/// <param name="Outcome">How the last question that failed went, in one line.</param>
public sealed record FailingSource(string Source, string Set, int Duties, int Failing, DateTimeOffset Since, string Outcome);
