namespace KpiMetrics.Worker.Api;

/// <summary>What explains an alert.</summary>
/// <param name="Link">Where more is to be read; null: nowhere.</param>
internal sealed record ExplanationBody(string? Text, string? Link);
