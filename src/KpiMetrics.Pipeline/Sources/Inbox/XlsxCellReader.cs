using System.Globalization;
using System.Xml;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>One <c>c</c> element to one cell.</summary>
internal static class XlsxCellReader
{
    private const double DaysTo1904 = 1462;

    // In steps from one double to the next.
    private const long NoiseSteps = 2;

    /// <summary>Reads the cell the reader stands on, and leaves it at the cell's end.</summary>
    public static RawCell Read(XmlReader reader, XlsxWorkbook workbook, string address)
    {
        var type = reader.GetAttribute("t") ?? "n";
        var style = reader.GetAttribute("s");
        string? formula = null;
        var value = "";
        var place = $"{workbook.Name}: {address}";
        var inline = "";
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            while (reader.Read() && !reader.IsEnd("c", depth))
            {
                if (reader.IsStart("f"))
                    formula = reader.Text(place);
                else if (reader.IsStart("v"))
                    value = reader.Text(place).Trim();
                else if (reader.IsStart("is"))
                    inline = reader.RichText(place);
            }
        }
        if (formula is not null)
            return new($"={CellText.Clean(formula)}", CellKind.Formula, address);
        return type switch
        {
            "s" => new(Shared(value, workbook, address), CellKind.Text, address),
            "inlineStr" => new(CellText.Clean(inline), CellKind.Text, address),
            "str" => new(CellText.Clean(value), CellKind.Text, address),
            "b" => new(value == "1" ? "TRUE" : "FALSE", CellKind.Other, address),
            "d" => new($"date {value}", CellKind.Other, address),
            "n" when value.Length == 0 => new("", CellKind.Text, address),
            "n" => Number(value, Format(style, workbook), workbook.CountsFrom1904, address),
            _ => new(value, CellKind.Other, address),
        };
    }

    private static RawCell Number(string value, XlsxFormat format, bool countsFrom1904, string address)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return new(value, CellKind.Other, address);
        if (format == XlsxFormat.Date)
            return new($"date {Date(number, countsFrom1904)}", CellKind.Other, address);
        var isPercent = format == XlsxFormat.Percent;
        return MachineNumber.TryExpand(Shortest(number), isPercent ? 2 : 0, out var plain)
            ? new(isPercent ? plain + "%" : plain, CellKind.Number, address)
            : new(value, CellKind.Other, address);
    }

    /// <summary>The shortest digits of the same double, without the noise that sums of tenths leave behind the 15th, the last one Excel shows.</summary>
    private static string Shortest(double number)
    {
        var shown = number.ToString("G15", CultureInfo.InvariantCulture);
        var distance =
            BitConverter.DoubleToInt64Bits(number)
            - BitConverter.DoubleToInt64Bits(double.Parse(shown, CultureInfo.InvariantCulture));
        return distance is >= -NoiseSteps and <= NoiseSteps ? shown : number.ToString("R", CultureInfo.InvariantCulture);
    }

    private static string Date(double days, bool countsFrom1904)
    {
        if (countsFrom1904)
            days += DaysTo1904;
        // The last day of the year 9999.
        if (days is < 0 or > 2_958_465)
            return days.ToString("R", CultureInfo.InvariantCulture);
        var date = DateTime.FromOADate(days);
        return date.ToString(
            date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss",
            CultureInfo.InvariantCulture
        );
    }

    private static XlsxFormat Format(string? style, XlsxWorkbook workbook) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < workbook.Formats.Count
            ? workbook.Formats[index]
            : XlsxFormat.Number;

    private static string Shared(string value, XlsxWorkbook workbook, string address) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < workbook.Texts.Count
            ? workbook.Texts[index]
            : throw new BrokenReportException($"{workbook.Name}: {address} points to text {Shown.Of(value)}, which is not there");
}
