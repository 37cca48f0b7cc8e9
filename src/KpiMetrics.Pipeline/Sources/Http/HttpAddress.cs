using System.Globalization;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>The address of a question, from its template.</summary>
public static class HttpAddress
{
    public const string Page = "{page}";

    private const string Places = "{indicator}, {frequency}, {period}, {from_period}, {to_period}, {from}, {to}, {page}";

    /// <summary>The template with its places filled, each escaped for an address.</summary>
    /// <param name="page">The number of the page, where the template has a place for it.</param>
    public static Uri Of(string template, SourceQuestion question, int page) => new(Filled(template, question, page));

    /// <summary>What is wrong with a template, without quoting it, since its query may hold a key; null where it will do.</summary>
    internal static string? Fault(string template)
    {
        var period = Period.Of(Frequency.Year, Period.FirstYear);
        var filled = Filled(template, new("A-01", [period], new(period.Start, period.End)), 1);
        if (!Uri.TryCreate(filled, UriKind.Absolute, out var address))
            return "is no address; allowed: http://HOST/PATH or https://HOST/PATH";
        if (filled.AsSpan().ContainsAny('{', '}'))
            return $"has an unknown place in braces; allowed: {Places}";
        return address.UserInfo.Length > 0 ? "holds credentials; they belong in a header, as ${NAME}" : null;
    }

    private static string Filled(string template, SourceQuestion question, int page) =>
        template
            .Replace("{indicator}", Uri.EscapeDataString(question.Indicator), StringComparison.Ordinal)
            .Replace("{frequency}", question.First.Frequency.Code(), StringComparison.Ordinal)
            .Replace("{period}", Uri.EscapeDataString(question.First.ToString()), StringComparison.Ordinal)
            .Replace("{from_period}", Uri.EscapeDataString(question.First.ToString()), StringComparison.Ordinal)
            .Replace("{to_period}", Uri.EscapeDataString(question.Last.ToString()), StringComparison.Ordinal)
            .Replace(Page, page.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{from}", Day(question.Window.FirstDay), StringComparison.Ordinal)
            .Replace("{to}", Day(question.Window.LastDay), StringComparison.Ordinal);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
