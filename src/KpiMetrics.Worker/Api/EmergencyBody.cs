namespace KpiMetrics.Worker.Api;

/// <summary>An emergency as a call declares it, or what it changes of one.</summary>
/// <param name="Areas">Codes of communes or provinces.</param>
/// <param name="Order">The number of the order.</param>
/// <param name="From">Null: now.</param>
internal sealed record EmergencyBody(IReadOnlyList<string>? Areas, string? Order, string? From, string? Until, string? Why);
