namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>One object of <c>emergency list --json</c>.</summary>
/// <param name="Areas">Codes.</param>
internal sealed record Declared(string Order, IReadOnlyList<string> Areas, DateTimeOffset From, DateTimeOffset Until);
