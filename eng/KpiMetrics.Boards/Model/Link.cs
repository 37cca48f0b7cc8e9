namespace KpiMetrics.Boards.Model;

/// <summary>Leads to another board, or to a page.</summary>
/// <param name="Url">With Grafana's <c>${__data.fields.x}</c> of the row.</param>
internal sealed record Link(string Title, string Url);
