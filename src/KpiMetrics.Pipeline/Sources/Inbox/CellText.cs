using System.Text;

namespace KpiMetrics.Pipeline.Sources.Inbox;

internal static class CellText
{
    /// <summary>The most characters a cell, a line or a quoted record may have; Excel's own cells end at 32,767.</summary>
    public const int Longest = 64 * 1024;

    /// <summary>Trimmed of blanks, seen and unseen, and in NFC.</summary>
    public static string Clean(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsBlank(text[start]))
            start++;
        while (end > start && IsBlank(text[end - 1]))
            end--;
        var trimmed = text[start..end];
        return trimmed.IsNormalized() ? trimmed : trimmed.Normalize(NormalizationForm.FormC);
    }

    // Zero-width spaces and byte order marks come along when cells are pasted or files joined.
    private static bool IsBlank(char sign) => char.IsWhiteSpace(sign) || sign is '\u200B' or '\uFEFF';
}
