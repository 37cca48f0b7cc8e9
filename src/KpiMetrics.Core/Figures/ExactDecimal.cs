using System.Globalization;

namespace KpiMetrics.Core.Figures;

/// <summary>Digits to decimal, only where not one of them is lost.</summary>
internal static class ExactDecimal
{
    /// <param name="plain">Unsigned ASCII digits, at most one point with digits on both sides.</param>
    public static bool TryParse(string plain, bool negative, out decimal number)
    {
        number = 0m;
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed))
            return false;
        var digits = plain.TrimStart('0');
        if (digits.Length == 0 || digits[0] == '.')
            digits = "0" + digits;
        if (parsed.ToString(CultureInfo.InvariantCulture) != digits)
            return false;
        number = negative && parsed != 0m ? -parsed : parsed;
        return true;
    }
}
