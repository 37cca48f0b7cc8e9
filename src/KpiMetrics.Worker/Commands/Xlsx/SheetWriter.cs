using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>Writes one sheet row by row, cell by cell from the left; it keeps nothing but its place.</summary>
internal sealed class SheetWriter : IDisposable
{
    private const uint A4 = 9;

    private readonly OpenXmlWriter xml;
    private readonly List<string> columnNames = [];
    private int row;
    private int column;
    private bool isInRow;

    /// <param name="isFirst">True for the sheet that is shown when the workbook is opened.</param>
    public SheetWriter(WorksheetPart part, SheetShape shape, bool isFirst)
    {
        xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        xml.WriteElement(
            new SheetProperties(new OutlineProperties { SummaryBelow = false }, new PageSetupProperties { FitToPage = true })
        );
        xml.WriteElement(new SheetViews(View(shape.HeaderRow, FormCells.NameColumns, isFirst)));
        xml.WriteElement(new SheetFormatProperties { DefaultRowHeight = 15.75, OutlineLevelRow = shape.Folds ? (byte)1 : null });
        xml.WriteElement(Widths(shape.Columns));
        xml.WriteStartElement(new SheetData());
    }

    /// <summary>Begins the next row.</summary>
    /// <param name="isFoldable">True for a row that is folded away with the bar above it.</param>
    public void Row(bool isFoldable = false)
    {
        EndRow();
        (row, column, isInRow) = (row + 1, 0, true);
        var attributes = new List<OpenXmlAttribute> { new("r", "", row.ToString(CultureInfo.InvariantCulture)) };
        if (isFoldable)
            attributes.Add(new("outlineLevel", "", "1"));
        xml.WriteStartElement(new Row(), attributes);
    }

    /// <summary>A row with one text.</summary>
    public void Line(uint style, string text)
    {
        Row();
        Text(style, text);
    }

    /// <summary>A text in the next cell, as it is: nothing in it is ever computed. An empty one is a blank cell.</summary>
    public void Text(uint style, string text)
    {
        if (text.Length == 0)
        {
            Blank(style);
            return;
        }
        Start(style, "inlineStr");
        xml.WriteStartElement(new InlineString());
        xml.WriteElement(new Text(CellText.Of(text)) { Space = SpaceProcessingModeValues.Preserve });
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>A number in the next cell, with all its digits: what a spreadsheet makes of more than 15 is its own affair.</summary>
    public void Number(uint style, decimal number)
    {
        Start(style, null);
        xml.WriteElement(new CellValue(number.ToString(CultureInfo.InvariantCulture)));
        xml.WriteEndElement();
    }

    /// <summary>Empty cells.</summary>
    public void Blank(uint style, int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            Start(style, null);
            xml.WriteEndElement();
        }
    }

    /// <summary>Ends the sheet: on paper landscape, as many columns as there are on each page.</summary>
    public void Complete()
    {
        EndRow();
        xml.WriteEndElement();
        xml.WriteElement(
            new PageMargins
            {
                Left = 0.4,
                Right = 0.4,
                Top = 0.5,
                Bottom = 0.6,
                Header = 0.3,
                Footer = 0.3,
            }
        );
        xml.WriteElement(
            new PageSetup
            {
                PaperSize = A4,
                Orientation = OrientationValues.Landscape,
                FitToWidth = 1,
                FitToHeight = 0,
            }
        );
        xml.WriteElement(new HeaderFooter(new OddFooter("&C&P/&N")));
        xml.WriteEndElement();
    }

    public void Dispose() => xml.Dispose();

    private static SheetView View(int rows, int columns, bool isFirst) =>
        new(
            new Pane
            {
                HorizontalSplit = columns,
                VerticalSplit = rows,
                TopLeftCell = $"{ColumnName(columns)}{(rows + 1).ToString(CultureInfo.InvariantCulture)}",
                ActivePane = PaneValues.BottomRight,
                State = PaneStateValues.Frozen,
            }
        )
        {
            TabSelected = isFirst,
            WorkbookViewId = 0,
        };

    private static Columns Widths(IEnumerable<SheetColumns> columns)
    {
        var widths = new Columns();
        var first = 1u;
        foreach (var (width, count) in columns.Where(columns => columns.Count > 0))
        {
            widths.Append(
                new Column
                {
                    Min = first,
                    Max = first + (uint)count - 1,
                    Width = width,
                    CustomWidth = true,
                }
            );
            first += (uint)count;
        }
        return widths;
    }

    // Counted from 0: A .. Z, AA ..
    private static string ColumnName(int column)
    {
        var name = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26)
            name = (char)('A' + (left - 1) % 26) + name;
        return name;
    }

    private void Start(uint style, string? type)
    {
        if (column == columnNames.Count)
            columnNames.Add(ColumnName(column));
        var attributes = new List<OpenXmlAttribute>
        {
            new("r", "", columnNames[column++] + row.ToString(CultureInfo.InvariantCulture)),
            new("s", "", style.ToString(CultureInfo.InvariantCulture)),
        };
        if (type is not null)
            attributes.Add(new("t", "", type));
        xml.WriteStartElement(new Cell(), attributes);
    }

    private void EndRow()
    {
        if (isInRow)
            xml.WriteEndElement();
        isInRow = false;
    }
}
