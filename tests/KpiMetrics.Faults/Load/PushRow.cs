using System.Globalization;

namespace KpiMetrics.Faults.Load;

/// <summary>A row of a report, and what must be answered to it.</summary>
/// <param name="Json">As it is sent.</param>
/// <param name="Outcome"><c>recorded</c>, <c>repeated</c>, or the code of its refusal.</param>
/// <param name="Next">What the ledger then has of it; null of a bad row.</param>
internal sealed record PushRow(string Json, string Outcome, FigureKey Key, Stated? Next)
{
    public bool IsRefused => Next is null;

    public static string Text(LoadIndicator indicator, FigureKey key, string value, string more = "") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"indicator":"{{indicator.Code}}","measure":"{{key.Measure}}","area":"{{key.Area}}","period":"{{key.Period}}","value":{{value}}{{more}}}"""
        );
}
