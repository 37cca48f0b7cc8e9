using System.Buffers;
using System.Globalization;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>The number formats of a workbook, by the style index that cells carry.</summary>
internal static class XlsxStyles
{
    private const int MostStyles = 65_536;
    private static readonly SearchValues<char> ElapsedUnits = SearchValues.Create("hHmMsS");

    public static IReadOnlyList<XlsxFormat> Read(Stream part)
    {
        var codes = new Dictionary<int, XlsxFormat>();
        var formats = new List<XlsxFormat>();
        var isInCells = false;
        using var reader = XlsxXml.Open(part);
        while (reader.Read() && formats.Count < MostStyles && codes.Count < MostStyles)
        {
            if (reader.LocalName == "cellXfs")
                isInCells = reader.IsStart("cellXfs") && !reader.IsEmptyElement;
            else if (reader.IsStart("numFmt") && Id(reader.GetAttribute("numFmtId")) is { } id)
                codes[id] = OfCode(reader.GetAttribute("formatCode") ?? "");
            else if (isInCells && reader.IsStart("xf"))
            {
                var format = Id(reader.GetAttribute("numFmtId")) ?? 0;
                formats.Add(codes.TryGetValue(format, out var known) ? known : OfBuiltIn(format));
            }
        }
        return formats;
    }

    // ECMA-376 part 1, 18.8.30; 27..36 and 50..58 are dates in the East Asian editions of Excel.
    private static XlsxFormat OfBuiltIn(int id) =>
        id switch
        {
            9 or 10 => XlsxFormat.Percent,
            >= 14 and <= 22 or >= 27 and <= 36 or >= 45 and <= 47 or >= 50 and <= 58 => XlsxFormat.Date,
            _ => XlsxFormat.Number,
        };

    private static XlsxFormat OfCode(string code)
    {
        var isPercent = false;
        for (var at = 0; at < code.Length; at++)
        {
            switch (code[at])
            {
                case '"':
                    at = End(code, at, '"');
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case '[':
                    var end = End(code, at, ']');
                    if (IsElapsed(code.AsSpan(at + 1, Math.Max(0, end - at - 1))))
                        return XlsxFormat.Date;
                    at = end;
                    break;
                case 'd' or 'D' or 'm' or 'M' or 'y' or 'Y' or 'h' or 'H' or 's' or 'S':
                    return XlsxFormat.Date;
                case '%':
                    isPercent = true;
                    break;
                default:
                    break;
            }
        }
        return isPercent ? XlsxFormat.Percent : XlsxFormat.Number;
    }

    private static bool IsElapsed(ReadOnlySpan<char> bracket) => !bracket.IsEmpty && !bracket.ContainsAnyExcept(ElapsedUnits);

    private static int End(string code, int at, char closing)
    {
        var end = code.IndexOf(closing, at + 1);
        return end < 0 ? code.Length : end;
    }

    private static int? Id(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
