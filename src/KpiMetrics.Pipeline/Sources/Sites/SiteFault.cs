namespace KpiMetrics.Pipeline.Sources.Sites;

/// <param name="Item">The options, or the part of them, that the fault is of.</param>
/// <param name="Key">As the file spells it.</param>
/// <param name="Message">The value found, unless it may be a secret, and what is allowed.</param>
internal sealed record SiteFault(object Item, string Key, string Message);
