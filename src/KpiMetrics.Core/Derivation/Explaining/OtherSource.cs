using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>What a source that is trusted less says of a figure.</summary>
/// <param name="Statement">Its newest, of its latest vintage.</param>
/// <param name="Agrees">True where it is the same value.</param>
public sealed record OtherSource(Statement Statement, bool Agrees);
