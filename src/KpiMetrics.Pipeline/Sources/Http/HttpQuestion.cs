using System.Globalization;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>What an API is asked for: one indicator and one period.</summary>
public sealed record HttpQuestion(string Indicator, Period Period, Window Window)
{
    /// <summary>The template with its places filled, each escaped for an address.</summary>
    public Uri Address(string template) =>
        new(
            template
                .Replace("{indicator}", Uri.EscapeDataString(Indicator), StringComparison.Ordinal)
                .Replace("{frequency}", Period.Frequency.Code(), StringComparison.Ordinal)
                .Replace("{period}", Uri.EscapeDataString(Period.ToString()), StringComparison.Ordinal)
                .Replace("{from}", Day(Window.FirstDay), StringComparison.Ordinal)
                .Replace("{to}", Day(Window.LastDay), StringComparison.Ordinal)
        );

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
