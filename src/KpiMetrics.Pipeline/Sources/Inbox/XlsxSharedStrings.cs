using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>The table of texts that the cells of a workbook point into.</summary>
internal static class XlsxSharedStrings
{
    private const int MostCharacters = 32 * 1024 * 1024;
    private const int MostTexts = 2_000_000;

    /// <exception cref="BrokenReportException">The table is larger than may be held.</exception>
    public static IReadOnlyList<string> Read(Stream part, string name)
    {
        var texts = new List<string>();
        var characters = 0;
        using var reader = XlsxXml.Open(part);
        while (reader.Read())
        {
            if (!reader.IsStart("si"))
                continue;
            var text = CellText.Clean(reader.RichText($"{name}: the table of texts"));
            texts.Add(text);
            characters += text.Length;
            if (characters > MostCharacters || texts.Count > MostTexts)
            {
                throw new BrokenReportException(
                    Invariant(
                        $"{name}: more than {MostTexts} texts or {MostCharacters} characters of text; split the file, or send it as CSV"
                    )
                );
            }
        }
        return texts;
    }
}
