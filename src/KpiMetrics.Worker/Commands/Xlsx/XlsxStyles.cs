using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>The looks of cells, each the number by which a cell names it.</summary>
internal sealed class XlsxStyles
{
    /// <summary>More decimal places than these are kept in the cell but not shown.</summary>
    private const int MostPlaces = 6;

    // Numbers of our own formats begin here; smaller ones are built in.
    private const uint FirstFormat = 164;

    private const uint Regular = 0;
    private const uint Bold = 1;
    private const uint Italic = 2;
    private const uint Large = 3;
    private const uint NoFill = 0;
    private const uint HeaderFill = 2;
    private const uint BlockFill = 3;

    private readonly List<string> formats = [];
    private readonly List<CellFormat> cells = [new()];
    private readonly uint[] names;
    private readonly uint[] numbers;
    private readonly uint[] provisional;

    public XlsxStyles()
    {
        Title = Outside(Large);
        Strong = Outside(Bold);
        Plain = Outside(Regular);
        Note = Outside(Italic);
        Header = Inside(Bold, HeaderFill, Align(HorizontalAlignmentValues.Center));
        Block = Inside(Bold, BlockFill, Align(HorizontalAlignmentValues.Left, wrap: false));
        Centred = Inside(Regular, NoFill, Align(HorizontalAlignmentValues.Center));
        CentredStrong = Inside(Bold, NoFill, Align(HorizontalAlignmentValues.Center));
        Heading = Inside(Italic, NoFill, Align(HorizontalAlignmentValues.Left, indent: 1));
        NameStrong = Inside(Bold, NoFill, Align(HorizontalAlignmentValues.Left));
        names = [.. Enumerable.Range(0, 6).Select(indent => Name((uint)indent))];
        Text = Inside(Regular, NoFill, Align(HorizontalAlignmentValues.Left));
        cells[^1].QuotePrefix = true; // stays a text when somebody edits it
        var places = Enumerable.Range(0, MostPlaces + 1).Select(count => Format(Places(count))).ToArray();
        numbers = [.. places.Select(format => Figure(Regular, format))];
        provisional = [.. places.Select(format => Figure(Italic, format))];
        Percent = Figure(Regular, Format("#,##0.00\"%\""));
        PercentChange = Figure(Regular, Format("+#,##0.00\"%\";-#,##0.00\"%\";0.00\"%\""));
        PointChange = Figure(Regular, Format("+#,##0.00\" điểm %\";-#,##0.00\" điểm %\";0.00\" điểm %\""));
    }

    public uint Title { get; }

    public uint Strong { get; }

    public uint Plain { get; }

    public uint Note { get; }

    public uint Header { get; }

    /// <summary>The bar above the rows of an area or a group.</summary>
    public uint Block { get; }

    public uint Centred { get; }

    public uint CentredStrong { get; }

    public uint Heading { get; }

    public uint NameStrong { get; }

    /// <summary>Somebody's words, never a formula.</summary>
    public uint Text { get; }

    public uint Percent { get; }

    public uint PercentChange { get; }

    public uint PointChange { get; }

    /// <summary>A name in the column of indicators.</summary>
    public uint NameAt(int indent) => names[Math.Min(indent, names.Length - 1)];

    /// <summary>A number with as many decimal places as it has; grouped as the reader's own settings say.</summary>
    public uint Number(decimal value, bool isOrdinary) =>
        (isOrdinary ? numbers : provisional)[Math.Min((int)value.Scale, MostPlaces)];

    public Stylesheet ToStylesheet() =>
        new(
            new NumberingFormats(
                formats.Select((code, at) => new NumberingFormat { NumberFormatId = FirstFormat + (uint)at, FormatCode = code })
            ),
            new Fonts(Face(), Face(new Bold()), Face(new Italic()), Face(new Bold(), size: 14)),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 }), // the format reserves the first two
                Solid("FFD9E2F3"),
                Solid("FFEDEDED")
            ),
            new Borders(
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                new Border(
                    new LeftBorder { Style = BorderStyleValues.Thin },
                    new RightBorder { Style = BorderStyleValues.Thin },
                    new TopBorder { Style = BorderStyleValues.Thin },
                    new BottomBorder { Style = BorderStyleValues.Thin },
                    new DiagonalBorder()
                )
            ),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(cells)
        );

    // Decree 30/2020 has Times New Roman for official papers.
    private static Font Face(OpenXmlElement? emphasis = null, double size = 12)
    {
        var font = new Font();
        if (emphasis is not null)
            font.Append(emphasis);
        font.Append(new FontSize { Val = size }, new FontName { Val = "Times New Roman" });
        return font;
    }

    private static Fill Solid(string color) =>
        new(
            new PatternFill
            {
                PatternType = PatternValues.Solid,
                ForegroundColor = new ForegroundColor { Rgb = color },
                BackgroundColor = new BackgroundColor { Indexed = 64 },
            }
        );

    private static string Places(int count) => count == 0 ? "#,##0" : $"#,##0.{new string('0', count)}";

    private static Alignment Align(HorizontalAlignmentValues side, bool wrap = true, uint indent = 0) =>
        new()
        {
            Horizontal = side,
            Vertical = VerticalAlignmentValues.Center,
            WrapText = wrap ? true : null,
            Indent = indent > 0 ? indent : null,
        };

    private uint Format(string code)
    {
        formats.Add(code);
        return FirstFormat + (uint)formats.Count - 1;
    }

    private uint Name(uint indent) => Inside(Regular, NoFill, Align(HorizontalAlignmentValues.Left, indent: indent));

    private uint Figure(uint font, uint format) =>
        Inside(font, NoFill, new Alignment { Vertical = VerticalAlignmentValues.Center }, format);

    private uint Outside(uint font) => Add(new() { FontId = font, ApplyFont = true });

    private uint Inside(uint font, uint fill, Alignment alignment, uint format = 0) =>
        Add(
            new(alignment)
            {
                NumberFormatId = format,
                FontId = font,
                FillId = fill,
                BorderId = 1,
                ApplyNumberFormat = format > 0,
                ApplyFont = true,
                ApplyFill = fill > 0,
                ApplyBorder = true,
                ApplyAlignment = true,
            }
        );

    private uint Add(CellFormat cell)
    {
        cells.Add(cell);
        return (uint)cells.Count - 1;
    }
}
