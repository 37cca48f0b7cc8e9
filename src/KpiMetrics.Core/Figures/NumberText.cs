using static System.FormattableString;

namespace KpiMetrics.Core.Figures;

/// <summary>Numbers as people write them in Vietnamese reports. What could be read two ways is refused, not guessed.</summary>
public static class NumberText
{
    private const string Example = "write for example 1155106, 1.155.106 or 99,61%";
    private const int LongestText = 100;

    /// <summary>Reads <c>1.155.106</c>, <c>99,61%</c>, <c>1 155 106,5</c>, <c>-0.125</c>; every digit is kept: <c>1,10</c> is 1.10.</summary>
    /// <param name="declared">How the column is said to be written; null: as its only possible reading, if there is one.</param>
    /// <param name="number">The number as written, <c>99,61%</c> as 99.61; 0 when refused.</param>
    /// <param name="why">The value found and what is allowed; empty when read.</param>
    public static bool TryParse(string text, NumberLocale? declared, out decimal number, out bool percent, out string why)
    {
        ArgumentNullException.ThrowIfNull(text);
        number = 0m;
        percent = false;
        var body = text.AsSpan().Trim();
        if (body.IsEmpty)
            return Refuse($"no number; {Example}", out why);
        if (body.Length > LongestText)
            return Refuse(Invariant($"{Shown.Of(text)} is {body.Length} characters long, not a number; {Example}"), out why);
        var negative = body[0] is '-' or '\u2212';
        if (negative || body[0] == '+')
            body = body[1..];
        var hasPercent = body.EndsWith('%');
        if (hasPercent)
            body = body[..^1].TrimEnd();
        foreach (var sign in body)
        {
            if (!char.IsAsciiDigit(sign) && sign is not ('.' or ',') && !IsSpace(sign))
                return Refuse($"{Shown.Of(text)} is not a number: {Shown.Of(sign)} is not allowed; {Example}", out why);
        }
        if (!TryChoose(text, Spaced(body), declared, out var plain, out why))
            return false;
        if (!ExactDecimal.TryParse(plain, negative, out number))
            return Refuse($"{Shown.Of(text)} has more digits than are kept; at most 28 are allowed", out why);
        percent = hasPercent;
        return true;
    }

    private static bool TryChoose(string text, string body, NumberLocale? declared, out string plain, out string why)
    {
        plain = "";
        why = "";
        if (declared is { } locale)
        {
            var reading = NumberReading.Of(locale);
            if (reading.PlainDigits(body) is not { } read)
                return Refuse(Malformed(text, locale, reading), out why);
            plain = read;
            return true;
        }
        var vietnamese = NumberReading.Vietnamese.PlainDigits(body);
        var english = NumberReading.English.PlainDigits(body);
        if (vietnamese is not null && english is not null && vietnamese != english)
            return Refuse(Ambiguous(text, vietnamese, english), out why);
        if ((vietnamese ?? english) is not { } only)
            return Refuse($"{Shown.Of(text)} is not a number: its groups or decimals are not whole; {Example}", out why);
        plain = only;
        return true;
    }

    private static string Malformed(string text, NumberLocale locale, NumberReading reading) =>
        $"{Shown.Of(text)} is not a number in the declared locale {(locale == NumberLocale.Vi ? "vi" : "en")}, where '{reading.Group}' "
        + $"groups thousands and '{reading.Decimal}' begins the decimals; write for example 1155106{reading.Decimal}5";

    private static string Ambiguous(string text, string vietnamese, string english)
    {
        var sign = text.AsSpan().TrimStart()[0] is '-' or '\u2212' ? "-" : "";
        var unit = text.AsSpan().TrimEnd().EndsWith('%') ? "%" : "";
        var (whole, broken) = vietnamese.Contains('.') ? (english, vietnamese) : (vietnamese, english);
        return $"{Shown.Of(text)} could be {sign}{whole}{unit} or {sign}{broken}{unit}; "
            + $"write {sign}{whole}{unit} or {sign}{broken}0{unit}, or declare the locale";
    }

    private static string Spaced(ReadOnlySpan<char> body) =>
        string.Create(
            body.Length,
            body,
            static (written, source) =>
            {
                for (var at = 0; at < source.Length; at++)
                    written[at] = IsSpace(source[at]) ? ' ' : source[at];
            }
        );

    // Plain, no-break, figure, thin and narrow no-break space: all are typed or printed between groups.
    private static bool IsSpace(char sign) => sign is ' ' or '\u00A0' or '\u2007' or '\u2009' or '\u202F';

    private static bool Refuse(string message, out string why)
    {
        why = message;
        return false;
    }
}
