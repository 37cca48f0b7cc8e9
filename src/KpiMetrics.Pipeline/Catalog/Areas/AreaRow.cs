using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Catalog.Areas;

/// <summary>A row of a list of areas, its cells by column. What cannot be read is reported and counts as empty.</summary>
internal sealed class AreaRow(IReadOnlyDictionary<string, int> columns, int line, string[] cells, FaultLog faults) : IPlace
{
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly DateOnly Latest = new(2199, 12, 31);

    public string File => faults.File;

    public int Line => line;

    /// <summary>True where a cell could not be read, or something else is wrong with the row.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Null where there is no such column or its cell is empty.</summary>
    public string? this[string column] =>
        columns.TryGetValue(column, out var at) && at < cells.Length && cells[at].Length > 0 ? cells[at] : null;

    public void Report(string message, IReadOnlyList<string> keys) =>
        Refuse(this[AreaColumns.Code] is { } code ? $"area {Shown.Of(code)}: {message}" : message);

    public void Refuse(string message)
    {
        IsRefused = true;
        faults.Add(line, message);
    }

    public DateOnly? Day(string column)
    {
        if (this[column] is not { } text)
            return null;
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day >= Earliest
            && day <= Latest
        )
            return day;
        Report($"'{column}' is {Shown.Of(text)}; expected a day from 1900 to 2199, such as 2025-07-01", [column]);
        return null;
    }

    public decimal? Number(string column)
    {
        if (this[column] is not { } text)
            return null;
        if (TryNumber(text, out var number))
            return number;
        Report($"'{column}' is {Shown.Of(text)}; expected a number such as 12 or 0.5", [column]);
        return null;
    }

    public AreaLevel? Level(string column)
    {
        if (this[column] is not { } text)
            return null;
        if (Vocabularies.Levels.TryParse(text, out var level))
            return level;
        Report($"'{column}' is {Shown.Of(text)}; allowed: {Vocabularies.Levels.Allowed}", [column]);
        return null;
    }

    /// <summary><c>24;27:0.6</c>: codes, each with its weight where one is given.</summary>
    public IReadOnlyList<AreaPart> Parts(string column) =>
        this[column] is { } text ? [.. text.Split(';').Select(part => Part(column, part.Trim())).OfType<AreaPart>()] : [];

    private AreaPart? Part(string column, string text)
    {
        var at = text.IndexOf(':', StringComparison.Ordinal);
        if (at < 0 && text.Length > 0)
            return new(text, null);
        if (at > 0 && TryNumber(text[(at + 1)..], out var weight))
            return new(text[..at], weight);
        Report($"'{column}' has {Shown.Of(text)}; expected a code, or code and weight such as 24:0.6", [column]);
        return null;
    }

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out number
        );
}
