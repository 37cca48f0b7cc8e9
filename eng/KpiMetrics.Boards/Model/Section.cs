namespace KpiMetrics.Boards.Model;

/// <summary>Panels that stand together.</summary>
/// <param name="Title">Empty for the first ones, which need no heading.</param>
internal sealed record Section(string Title, IReadOnlyList<Panel> Panels);
