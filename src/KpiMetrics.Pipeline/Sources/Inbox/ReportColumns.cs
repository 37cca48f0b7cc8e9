using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>Which cell of a row is what, read from the header.</summary>
internal sealed class ReportColumns
{
    private const int FaultsShown = 5;

    internal static readonly string[] Names = [.. ReportColumnNames.Required, .. ReportColumnNames.Optional];

    // Of all kinds of reports; a row has a cell for each.
    private static readonly string[] AllNames = [.. Names.Union(ReportColumnNames.OptionalOfPlans)];

    // What our own list of refused rows adds: an office that corrects it may send it back as it is.
    private static readonly string[] OurOwn = [RefusalsCsv.Line, RefusalsCsv.Cell, RefusalsCsv.Reason, RefusalsCsv.Message];

    private readonly ReportKind _kind;
    private readonly int[] _places = new int[AllNames.Length];
    private readonly bool[] _isNamed;
    private bool _isOurs;

    private ReportColumns(ReportKind kind, int width) => (_kind, _isNamed) = (kind, new bool[width]);

    /// <summary>Cells from the first to the last of the header, nameless ones included.</summary>
    public int Width => _isNamed.Length;

    /// <summary>The locale the header declares for the value column; null where it declares none.</summary>
    public NumberLocale? Locale { get; private set; }

    /// <summary>True where a row is meant as a header, right or wrong: two of the required columns are in it.</summary>
    public static bool AreMeantBy(IEnumerable<string> header) => CountKnown(header, ReportColumnNames.Required.Contains) >= 2;

    /// <summary>How many of the cells name a column of some kind of report.</summary>
    public static int CountKnown(IEnumerable<string> header) => CountKnown(header, AllNames.Contains);

    /// <summary>The columns of a report, for messages.</summary>
    public static string Allowed(ReportKind kind) =>
        $"{string.Join(", ", ReportColumnNames.Required)} (or value:vi, value:en), and optionally {string.Join(", ", ReportColumnNames.OptionalOf(kind))}";

    /// <exception cref="BrokenReportException">Columns are unknown, doubled or missing; all of them are named.</exception>
    /// <param name="place">File and line, for the message.</param>
    public static ReportColumns Read(IReadOnlyList<string> header, ReportKind kind, string place)
    {
        var columns = new ReportColumns(kind, header.Count);
        Array.Fill(columns._places, -1);
        var faults = new List<string>();
        for (var at = 0; at < header.Count; at++)
            columns.Place(header[at], at, faults);
        for (var name = 0; name < ReportColumnNames.Required.Count; name++)
        {
            if (columns._places[name] < 0)
                faults.Add($"column {AllNames[name]} is missing");
        }
        if (faults.Count == 0)
            return columns;
        var more = faults.Count > FaultsShown ? "; and more" : "";
        throw new BrokenReportException(
            $"{place}: {string.Join("; ", faults.Take(FaultsShown))}{more}; allowed are {Allowed(kind)}"
        );
    }

    public RawRow Row(int line, IReadOnlyList<RawCell> cells)
    {
        return new(line)
        {
            Indicator = Cell(0),
            Measure = Cell(1),
            Area = Cell(2),
            Period = Cell(3),
            Value = Cell(4),
            Subject = Cell(5),
            Status = Cell(6),
            Vintage = Cell(7),
            Note = Cell(8),
            Unit = Cell(9),
            Agency = Cell(10),
            Scheme = Cell(11),
            Kind = Cell(12),
            Decision = Cell(13),
        };

        RawCell Cell(int name) =>
            _places[name] >= 0 && _places[name] < cells.Count ? Unescaped(cells[_places[name]]) : RawCell.Empty;
    }

    // In our own list -5 stands as '-5, so that no spreadsheet takes a cell for a formula.
    private RawCell Unescaped(RawCell cell) =>
        _isOurs && cell.Text is ['\'', '=' or '+' or '-' or '@', ..] ? cell with { Text = cell.Text[1..] } : cell;

    /// <summary>The first cell that has something in it but stands under no column name; null where there is none.</summary>
    public RawCell? Stray(IReadOnlyList<RawCell> cells)
    {
        for (var at = 0; at < cells.Count; at++)
        {
            if (!cells[at].IsEmpty && (at >= Width || !_isNamed[at]))
                return cells[at];
        }
        return null;
    }

    private static int CountKnown(IEnumerable<string> header, Func<string, bool> isKnown) =>
        header.Select(cell => Split(cell).Name).Where(isKnown).Distinct().Count();

    private static (string Name, string Locale) Split(string cell)
    {
        var name = CellText.Clean(cell).ToLowerInvariant();
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (name, "") : (name[..colon].TrimEnd(), ":" + name[(colon + 1)..].TrimStart());
    }

    private void Place(string cell, int at, List<string> faults)
    {
        var (name, locale) = Split(cell);
        if (name.Length == 0 && locale.Length == 0)
            return;
        _isNamed[at] = true;
        if (Array.IndexOf(OurOwn, name) >= 0)
        {
            _isOurs = true;
            return;
        }
        var known = IsOfKind(name) ? Array.IndexOf(AllNames, name) : -1;
        if (known < 0 || locale.Length > 0 && (name != "value" || locale is not (":vi" or ":en")))
        {
            faults.Add($"column {Shown.Of(CellText.Clean(cell))} is unknown");
            return;
        }
        if (_places[known] >= 0)
            faults.Add($"column {name} is there twice");
        _places[known] = at;
        if (locale.Length > 0)
            Locale = locale == ":vi" ? NumberLocale.Vi : NumberLocale.En;
    }

    private bool IsOfKind(string name) =>
        ReportColumnNames.Required.Contains(name) || ReportColumnNames.OptionalOf(_kind).Contains(name);
}
