using System.Globalization;
using System.Text;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>What is wrong with a text that people will read and programs will compare.</summary>
internal static class TextCheck
{
    public static IEnumerable<RuleFault> Faults(object place, params IEnumerable<(string Key, string? Text)> texts) =>
        from text in texts
        let fault = text.Text is null ? null : Fault(text.Text)
        where fault is not null
        select new RuleFault(place, $"'{text.Key}' {fault}", text.Key);

    private static string? Fault(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (IsInvisible(text, at))
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"holds the control or invisible character U+{(int)text[at]:X4} at place {at + 1}; allowed is printable text on one line"
                );
        }
        if (text.AsSpan().Trim().Length != text.Length)
            return "begins or ends with a blank; allowed is trimmed text";
        return text.IsNormalized(NormalizationForm.FormC) ? null : $"is not in Unicode form NFC; write '{text.Normalize()}'";
    }

    private static bool IsInvisible(string text, int at) =>
        CharUnicodeInfo.GetUnicodeCategory(text[at]) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format => true,
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.OtherNotAssigned => true,
            UnicodeCategory.Surrogate => !IsPaired(text, at),
            _ => false,
        };

    private static bool IsPaired(string text, int at) =>
        char.IsSurrogatePair(text, char.IsLowSurrogate(text[at]) && at > 0 ? at - 1 : at);
}
