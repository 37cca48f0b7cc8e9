using System.Globalization;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>Numbers and units as Vietnamese documents print them: 1.155.106; 98,60 %; -2,5 tỷ đồng.</summary>
public static class VietnameseNumber
{
    private const int LongestUnit = 30;

    private static readonly NumberFormatInfo Format = new()
    {
        NumberGroupSeparator = ".",
        NumberDecimalSeparator = ",",
        NegativeSign = "-",
    };

    /// <summary>Rounded half away from zero to the places.</summary>
    public static string Text(decimal value, int places) =>
        value.ToString("N" + places.ToString(CultureInfo.InvariantCulture), Format);

    public static string Text(PrintedNumber number) => Text(number.Value, number.Places);

    /// <summary>With the unit as it reads within a sentence; nothing for coded answers, for "Số lượng" and where none is printed.</summary>
    public static string WithUnit(string number, string? unit) =>
        Unit(unit) is { Length: > 0 } word ? $"{number} {word}" : number;

    private static string Unit(string? unit)
    {
        var word = (unit ?? "").Normalize().Trim();
        if (
            Units.IsCode(word)
            || word.Length > LongestUnit
            || string.Equals(word, "Số lượng", StringComparison.OrdinalIgnoreCase)
        )
            return "";
        if (word.StartsWith("Số ", StringComparison.OrdinalIgnoreCase))
            word = word[3..];
        // Short forms (PAKN, VNĐ) stay as they are: their second letter is a capital too.
        return word.Length > 0 && (word.Length == 1 || !char.IsUpper(word[1]))
            ? char.ToLowerInvariant(word[0]) + word[1..]
            : word;
    }
}
