using System.Globalization;
using System.Text;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>The faults of one file, as they are found.</summary>
internal sealed class FaultLog(string file)
{
    // Beyond these the file is something else than a catalog, and a list of a million faults helps nobody.
    private const int MaxFaults = 1000;
    private const int MaxMessage = 600;

    private readonly List<CatalogFault> faults = [];
    private bool isCut;

    public string File => file;

    public void Add(int line, string message)
    {
        if (faults.Count < MaxFaults)
            faults.Add(new(file, line, OnOneLine(message)));
        else
            isCut = true;
    }

    /// <summary>By line; those of one line in the order found, none twice.</summary>
    public IEnumerable<CatalogFault> Sorted()
    {
        var sorted = faults.Distinct().OrderBy(fault => fault.Line);
        return isCut ? sorted.Append(new(file, 1, $"more than {MaxFaults} faults; the others are not listed")) : sorted;
    }

    // Values from a hostile file must neither break the line nor steer a terminal.
    private static string OnOneLine(string message)
    {
        var line = new StringBuilder(message.Length);
        foreach (var character in message)
        {
            if (IsPrintable(character))
                line.Append(character);
            else
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            if (line.Length >= MaxMessage)
                return line.Append("...").ToString();
        }
        return line.ToString();
    }

    private static bool IsPrintable(char character) =>
        CharUnicodeInfo.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
