using System.Globalization;

namespace KpiMetrics.Core.Figures;

/// <summary>Numbers as machines write them (a JSON number, a numeric XLSX cell): a point before the decimals, no groups.</summary>
public static class MachineNumber
{
    // A double has no larger power of ten; what is beyond is hostile.
    private const int LargestExponent = 400;

    /// <summary>Reads <c>-1155106.50</c>, <c>1.155106E6</c>, <c>99.61%</c>; every digit is kept.</summary>
    /// <param name="number">The number as written, <c>99.61%</c> as 99.61; 0 when refused.</param>
    /// <param name="why">The value found and what is allowed; empty when read.</param>
    public static bool TryParse(string text, out decimal number, out bool percent, out string why)
    {
        ArgumentNullException.ThrowIfNull(text);
        number = 0m;
        percent = text.EndsWith('%');
        if (!TryExpand(percent ? text[..^1] : text, 0, out var plain))
        {
            percent = false;
            why = $"{Shown.Of(text)} is not a number; allowed are digits with a point before the decimals, such as 1155106.5";
            return false;
        }
        var negative = plain[0] == '-';
        if (!ExactDecimal.TryParse(negative ? plain[1..] : plain, negative, out number))
        {
            percent = false;
            why = $"{Shown.Of(text)} has more digits than are kept; at most 28 are allowed";
            return false;
        }
        why = "";
        return true;
    }

    /// <summary>The same number without an exponent: <c>1.5E-3</c> is <c>0.0015</c>. False when it is no number.</summary>
    /// <param name="shift">How many places the decimal point moves to the right as well: 2 makes a share a percentage.</param>
    public static bool TryExpand(string text, int shift, out string plain)
    {
        ArgumentNullException.ThrowIfNull(text);
        plain = "";
        var at = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = 0;
        if (
            at >= 0
            && !int.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
        )
            return false;
        if (exponent is < -LargestExponent or > LargestExponent)
            return false;
        var mantissa = at < 0 ? text : text[..at];
        var sign = mantissa.StartsWith('-') ? "-" : "";
        mantissa = mantissa[sign.Length..];
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        if (digits.Length is 0 or > LargestExponent || point == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return false;
        plain = sign + Placed(digits, (point < 0 ? digits.Length : point) + exponent + shift);
        return true;
    }

    private static string Placed(string digits, int point)
    {
        if (point <= 0)
            (digits, point) = (new string('0', 1 - point) + digits, 1);
        var whole = digits[..Math.Min(point, digits.Length)].PadRight(point, '0').TrimStart('0');
        var decimals = point < digits.Length ? "." + digits[point..] : "";
        return (whole.Length == 0 ? "0" : whole) + decimals;
    }
}
