namespace KpiMetrics.Core.Catalog;

/// <summary>Names and units as decisions print them and offices type them: the same, whatever their case, blanks and accents' encoding.</summary>
public static class PrintedText
{
    /// <summary>True where both mean one name or unit: <c>M²</c> and <c>m2</c>, <c>Phòng Kinh tế</c> and <c>phòng  kinh tế</c>.</summary>
    public static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal)
        || string.Equals(Folded(one), Folded(other), StringComparison.Ordinal);

    /// <summary>In NFC, lower case, single blanks, and plain digits for squares and cubes.</summary>
    public static string Folded(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).Replace('²', '2').Replace('³', '3').ToLowerInvariant();
    }
}
