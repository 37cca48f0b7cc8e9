using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The tables of newest figures, a row for each series of one area, held against the export and the files of the set.</summary>
internal static class LatestFigures
{
    public const string Road = "export, set files";

    /// <summary>The columns with figures, and what the export calls them.</summary>
    public static readonly IReadOnlyList<(string Title, string Export)> Figures =
    [
        ("Giá trị", "value"),
        ("So kỳ trước", "pop"),
        ("So cùng kỳ", "yoy"),
        ("Lũy kế", "ytd"),
        ("Lũy kế so cùng kỳ", "ytd_yoy"),
        ("% kế hoạch", "plan"),
    ];

    private static readonly string[] Columns =
    [
        "Mã",
        "Phân tổ",
        "Địa bàn",
        "Kỳ SDMX",
        "Tần suất",
        "Lĩnh vực",
        "Chỉ số",
        "Chỉ tiêu",
        "Đơn vị",
        "Cơ quan báo cáo",
        "Kỳ báo cáo",
        "Số liệu từ",
        "Nội dung",
        "Tình trạng",
        "Nhận lúc",
        "Ghi chú",
        .. Figures.Select(figure => figure.Title),
    ];

    /// <summary>Where a row stands, and why it is there: nobody reads them.</summary>
    private static readonly string[] Hidden = ["TT", "Chưa có số liệu"];

    /// <param name="isShown">Which measures are in the table.</param>
    public static async Task CompareAsync(
        Sight sight,
        BoardValues values,
        string set,
        string area,
        Func<IndicatorGroup, Indicator, Measure, bool> isShown
    )
    {
        var table = await sight.TableAsync(values);
        var exported = (await sight.Roads.FiguresAsync(set)).OfArea(area).ToLookup(figure => figure["measure"]);
        var expected = sight
            .Decisions.InForce(set)
            .Where(one => isShown(one.Group, one.Indicator, one.Measure))
            .SelectMany(one => Rows(one.Group, one.Indicator, one.Measure, area, [.. exported[one.Measure.Code]], Opens))
            .ToList();

        sight.Same(expected, Whole(table), Columns);
        var order = sight.Decisions.InForce(set).Select(one => one.Measure.Code).ToList();
        var shown = table.Records.Select(row => order.IndexOf(Cells.Text(row["Mã"]))).ToList();
        Assert.Equal(shown.Order(), shown);

        DateTimeOffset Opens(ExportedFigure of) => sight.Decisions.Window(set, of["indicator"], of["period"]).Opens;
    }

    private static IEnumerable<object?[]> Rows(
        IndicatorGroup group,
        Indicator indicator,
        Measure measure,
        string area,
        List<ExportedFigure> figures,
        Func<ExportedFigure, DateTimeOffset> opens
    )
    {
        var series = figures
            .GroupBy(figure => (Freq: figure["freq"], Subject: ExportedFigures.Subject(figure)))
            .Where(of => indicator.Frequencies.Any(frequency => frequency.Code() == of.Key.Freq))
            // Parts of a measure are named by the ledger: what is only computed of a part, for an area above, is on no board of newest figures.
            .Where(of => of.Key.Subject == "_T" || of.Any(figure => figure.IsReported))
            .ToList();
        // Missing is missing, once, and never a zero.
        if (series.Count == 0)
            return [Row("_T", indicator.Frequencies[0].Code(), [])];
        return series.Select(of => Row(of.Key.Subject, of.Key.Freq, [.. of]));

        object?[] Row(string subject, string freq, IReadOnlyList<ExportedFigure> of)
        {
            var reported = Newest(of.Where(figure => figure.IsReported));
            var number = Newest(of.Where(ExportedFigures.IsNumber));
            var text = reported is null || ExportedFigures.IsNumber(reported) ? null : reported["value"];
            var part = reported is null ? null : measure.Subjects.FirstOrDefault(one => one.Code == subject)?.Name;
            return
            [
                measure.Code,
                subject,
                area,
                freq,
                Words.Frequency(freq),
                group.Name,
                indicator.Name,
                part is null ? measure.Name : $"{measure.Name}: {part}",
                measure.Unit,
                measure.Agency ?? indicator.Agency,
                reported?["period"],
                // The newest number may be computed of a period that nobody has reported.
                number is null
                    ? null
                    : opens(number),
                text,
                Words.Status(reported?["status"]),
                ExportedFigures.ReceivedAt(reported),
                reported is null ? null : reported["source"] == "demo",
                .. Figures.Select(figure => (object?)ExportedFigures.Number(number, figure.Export)),
            ];
        }
    }

    // Where nothing at all is known in InfluxDB its columns are not there.
    private static Frame Whole(Frame table)
    {
        var shown = table.Only(table.Columns.Except(Hidden, StringComparer.Ordinal));
        var lacking = Figures.Select(figure => figure.Title).Append("Số liệu từ").Where(title => !shown.Has(title)).ToList();
        var nothing = lacking.ConvertAll(_ => (object?)null);
        return new([.. shown.Columns, .. lacking], [.. shown.Rows.Select(row => (IReadOnlyList<object?>)[.. row, .. nothing])]);
    }

    private static ExportedFigure? Newest(IEnumerable<ExportedFigure> figures) =>
        figures.MaxBy(figure => figure["period"], StringComparer.Ordinal);
}
