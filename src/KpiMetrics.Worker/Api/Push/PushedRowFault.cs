namespace KpiMetrics.Worker.Api.Push;

/// <summary>One thing that is wrong with a row.</summary>
internal sealed record PushedRowFault(string Code, string Message, string Reason, string? Field = null);
