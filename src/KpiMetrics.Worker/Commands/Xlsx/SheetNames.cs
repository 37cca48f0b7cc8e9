using System.Globalization;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>Names of the sheets of one workbook: allowed, short enough and all different.</summary>
internal sealed class SheetNames
{
    private const int Longest = 31;
    private const string Forbidden = "[]:*?/\\";

    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase) { "History" }; // Excel's own

    /// <summary>The wish itself where it can be had.</summary>
    public string Of(string wish)
    {
        var plain = string.Concat(wish.Select(letter => Forbidden.Contains(letter, StringComparison.Ordinal) ? '-' : letter));
        var name = Cut(plain.Trim('\'', ' '), Longest);
        for (var count = 2; !taken.Add(name); count++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" ({count})");
            name = Cut(plain.Trim('\'', ' '), Longest - suffix.Length) + suffix;
        }
        return name;
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..CellText.Whole(text, length)].TrimEnd(' ', '\'');
}
