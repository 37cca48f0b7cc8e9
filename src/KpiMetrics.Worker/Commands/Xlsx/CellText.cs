using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>Texts as a cell can hold them.</summary>
internal static partial class CellText
{
    // What spreadsheets hold in one cell, in UTF-16 units.
    private const int Longest = 32_767;

    /// <summary>The text with what XML cannot hold replaced by U+FFFD, cut with an ellipsis where it is too long for a cell.</summary>
    public static string Of(string text)
    {
        var clean = Escape().Replace(Clean(text), "_x005F_");
        return clean.Length <= Longest ? clean : string.Concat(clean.AsSpan(0, Whole(clean, Longest - 1)), "…");
    }

    /// <summary>How many of the first <paramref name="length"/> units there are without half of a surrogate pair at the end.</summary>
    public static int Whole(string text, int length) => char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value))
                clean.Append('\uFFFD');
            else
                clean.Append(rune);
        }
        return clean.ToString();
    }

    // Spreadsheets read _x0041_ as the character 41: the underscore that begins it is written in that way itself.
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escape();
}
