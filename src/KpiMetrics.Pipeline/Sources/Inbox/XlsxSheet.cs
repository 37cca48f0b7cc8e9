using System.Globalization;
using System.Xml;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>The rows of one sheet that have something in them.</summary>
internal sealed class XlsxSheet(XlsxWorkbook workbook, string sheet, Stream part) : IDisposable
{
    private readonly XmlReader _reader = XlsxXml.Open(part);
    private readonly List<RawCell> _cells = [];
    private bool _isOver;
    private int _row;

    public string Name => sheet;

    /// <summary>The next row and its number; null after the last.</summary>
    /// <param name="width">Cells a row has at least; those the file leaves out are empty and have their address.</param>
    /// <exception cref="BrokenReportException">The sheet has a row or a cell that no spreadsheet has.</exception>
    /// <exception cref="XmlException">The part is damaged.</exception>
    public (int Line, IReadOnlyList<RawCell> Cells)? Next(int width)
    {
        while (!_isOver && _reader.Read())
        {
            _isOver = _reader.NodeType == XmlNodeType.EndElement && _reader.LocalName == "sheetData";
            if (!_reader.IsStart("row"))
                continue;
            _row = RowNumber();
            _cells.Clear();
            FillTo(width);
            ReadCells();
            if (_cells.Exists(cell => !cell.IsEmpty))
                return (_row, _cells);
        }
        return null;
    }

    public void Dispose() => _reader.Dispose();

    private void ReadCells()
    {
        if (_reader.IsEmptyElement)
            return;
        var depth = _reader.Depth;
        var column = -1;
        while (_reader.Read() && !_reader.IsEnd("row", depth))
        {
            if (!_reader.IsStart("c"))
                continue;
            column = ColumnNumber(column);
            var cell = XlsxCellReader.Read(_reader, workbook, XlsxCellRef.Address(sheet, column, _row));
            if (cell.IsEmpty)
                continue;
            FillTo(column + 1);
            _cells[column] = cell;
        }
    }

    private void FillTo(int width)
    {
        while (_cells.Count < width)
            _cells.Add(new("", CellKind.Text, XlsxCellRef.Address(sheet, _cells.Count, _row)));
    }

    private int RowNumber()
    {
        var text = _reader.GetAttribute("r");
        if (text is null && _row < XlsxCellRef.MostRows)
            return _row + 1;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            && row > _row
            && row <= XlsxCellRef.MostRows
        )
            return row;
        throw new BrokenReportException(
            $"{workbook.Name}: {sheet} has a row {Shown.Of(text ?? "")} out of its order 1..{XlsxCellRef.MostRows}"
        );
    }

    private int ColumnNumber(int before)
    {
        var text = _reader.GetAttribute("r");
        var column = text is null ? before + 1 : XlsxCellRef.Column(text) ?? -1;
        return column > before && column < XlsxCellRef.MostColumns
            ? column
            : throw new BrokenReportException(
                $"{workbook.Name}: {sheet} has a cell {Shown.Of(text ?? "")} out of its order A..XFD"
            );
    }
}
