using System.Text.Json;

namespace KpiMetrics.Worker.Api.Push;

/// <summary>One row of a push, for the API's document: what reads it is <c>PushRows</c>.</summary>
/// <param name="Value">A number, taken digit for digit, or a text.</param>
/// <param name="Period">SDMX TIME_PERIOD, such as 2026-10.</param>
internal sealed record PushedRow(
    string Indicator,
    string Measure,
    string Area,
    string Period,
    JsonElement Value,
    string? Subject = null,
    string? Status = null,
    string? Vintage = null,
    string? Note = null,
    string? Unit = null,
    string? Agency = null
);
