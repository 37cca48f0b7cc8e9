using System.Globalization;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>What an API is asked for: one indicator and one period.</summary>
public sealed record HttpQuestion(string Indicator, Period Period, Window Window)
{
    /// <summary>The template with its places filled, each escaped for an address.</summary>
    public Uri Address(string template) => new(Filled(template));

    /// <summary>What is wrong with a template, without quoting it, since its query may hold a key; null where it will do.</summary>
    internal static string? AddressFault(string template)
    {
        var period = Period.Of(Frequency.Year, Period.FirstYear);
        var filled = new HttpQuestion("A-01", period, new(period.Start, period.End)).Filled(template);
        if (!Uri.TryCreate(filled, UriKind.Absolute, out var address))
            return "is no address; write http://HOST/PATH or https://HOST/PATH.";
        if (filled.AsSpan().ContainsAny('{', '}'))
            return "has an unknown place in braces; allowed: {indicator}, {frequency}, {period}, {from}, {to}.";
        return address.UserInfo.Length > 0 ? "holds credentials; they belong in Headers, as ${NAME}." : null;
    }

    private string Filled(string template) =>
        template
            .Replace("{indicator}", Uri.EscapeDataString(Indicator), StringComparison.Ordinal)
            .Replace("{frequency}", Period.Frequency.Code(), StringComparison.Ordinal)
            .Replace("{period}", Uri.EscapeDataString(Period.ToString()), StringComparison.Ordinal)
            .Replace("{from}", Day(Window.FirstDay), StringComparison.Ordinal)
            .Replace("{to}", Day(Window.LastDay), StringComparison.Ordinal);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
