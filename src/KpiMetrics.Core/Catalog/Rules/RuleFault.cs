namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>A breach of one rule by one object of the catalog.</summary>
/// <param name="Place">The very object (by reference) at fault: a set, group, indicator, measure, derivation, subject, regime rule, base or area.</param>
/// <param name="Message">What was found and what is allowed.</param>
/// <param name="Keys">
/// The keys of a set file whose values together are the fault, the first being where to look. A reader that could not
/// read one of them has said so already and drops this fault.
/// </param>
public sealed record RuleFault(object Place, string Message, params IReadOnlyList<string> Keys);
