using System.Globalization;
using System.Text;

namespace KpiMetrics.Core.Figures;

/// <summary>A value as a message shows it: quoted, on one line, never longer than a message may be.</summary>
public static class Shown
{
    /// <param name="longest">In characters; the rest is cut off and three points stand for it.</param>
    public static string Of(string text, int longest = 60)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = new StringBuilder("'");
        for (var at = 0; at < text.Length && at < longest; at++)
        {
            // A pair is not cut in two, and half a pair is not shown at all.
            if (char.IsSurrogatePair(text, at))
                shown.Append(text[at]).Append(text[++at]);
            else
                shown.Append(char.IsControl(text[at]) || char.IsSurrogate(text[at]) ? '\uFFFD' : text[at]);
        }
        return shown.Append(text.Length > longest ? "...'" : "'").ToString();
    }

    /// <summary>One character, with its code point where it may not be seen for what it is.</summary>
    public static string Of(char sign) =>
        char.IsAscii(sign) && !char.IsControl(sign)
            ? $"'{sign}'"
            : string.Create(CultureInfo.InvariantCulture, $"{Of(sign.ToString())} (U+{(int)sign:X4})");
}
