using System.Globalization;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>Columns as letters: <c>A</c> is 0, <c>XFD</c> the last.</summary>
internal static class XlsxCellRef
{
    public const int MostColumns = 16_384;
    public const int MostRows = 1_048_576;

    /// <summary>The column of <c>E7</c>, from 0; null where there is no such cell.</summary>
    public static int? Column(string reference)
    {
        var column = 0;
        foreach (var letter in reference.AsSpan().TrimEnd("0123456789"))
        {
            if (!char.IsAsciiLetterUpper(letter))
                return null;
            column = column * 26 + letter - 'A' + 1;
            if (column > MostColumns)
                return null;
        }
        return column == 0 ? null : column - 1;
    }

    public static string Address(string sheet, int column, int row)
    {
        var letters = "";
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
            letters = (char)('A' + (rest - 1) % 26) + letters;
        return string.Create(CultureInfo.InvariantCulture, $"{sheet}!{letters}{row}");
    }
}
