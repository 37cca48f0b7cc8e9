namespace KpiMetrics.Core.Catalog;

/// <summary>One line of a measure's breakdown: a crop, an animal, a mineral, a school level.</summary>
/// <param name="Code">Short, ASCII, unique within its list: <c>lua</c>.</param>
/// <param name="Name">As printed: <c>Cây lúa</c>.</param>
public sealed record Subject(string Code, string Name);
