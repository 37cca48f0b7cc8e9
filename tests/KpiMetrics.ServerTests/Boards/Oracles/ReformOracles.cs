using System.Globalization;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The report on administrative reform, of which two sources tell: its forms and its words.</summary>
internal static class ReformOracles
{
    private const string Uid = "kpi-cchc";
    private const string Set = "cchc";
    private const string Files = "the two files that were imported, export, check --json";

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        [
            Of("Chỉ tiêu có số liệu", "export", ReportedAsync),
            Of(
                "Số liệu mâu thuẫn",
                Files,
                async (sight, values) => await sight.NumberIsAsync(values, (await DisagreeingAsync(sight)).Count)
            ),
            Of("Báo cáo quá hạn", Reporting.Road, (sight, values) => Reporting.LateAsync(sight, values, Set, _ => true)),
            ($"{Uid}: Số liệu minh họa", Reporting.Demo),
            Of(
                "Số liệu các biểu mẫu",
                LatestFigures.Road,
                (sight, values) => LatestFigures.CompareAsync(sight, values, Set, values["dia_ban"][0], (_, _, _) => true)
            ),
            Of("Điều không khớp trong số liệu", "check --json", FindingsAsync),
            Of("Hai nguồn nói khác nhau", Files, DisagreeingAsync),
        ];

    private static (string Key, Oracle Oracle) Of(string title, string road, Func<Sight, BoardValues, Task> compare) =>
        ($"{Uid}: {title}", new(road, async sight => await compare(sight, await sight.OpenAsync())));

    private static async Task ReportedAsync(Sight sight, BoardValues values)
    {
        var figures = (await sight.Roads.FiguresAsync(Set)).OfArea(values["dia_ban"][0]).Where(figure => figure.IsReported);
        await sight.NumberIsAsync(values, figures.DistinctBy(figure => figure["measure"]).Count());
    }

    private static async Task FindingsAsync(Sight sight, BoardValues values)
    {
        var table = await sight.TableAsync(values);
        var area = values["dia_ban"][0];
        var found = (await sight.Roads.FindingsAsync(Set)).Where(one =>
            sight.Decisions.AreaOf(Set, one.Indicator, one.Area, one.Period).Id == area
        );
        Assert.Equal(["Chỉ tiêu", "Kỳ", "Mã", "Phát hiện lúc", "Điều không khớp"], table.Columns.Order(StringComparer.Ordinal));
        sight.Same(
            [
                .. found.Select(one =>
                    Cells.Row(one.Measure, sight.Decisions.Measure(Set, one.Measure).Measure.Name, one.Period, one.Sentence)
                ),
            ],
            [.. Sight.Rows(table, "Mã", "Chỉ tiêu", "Kỳ", "Điều không khớp")]
        );
        Assert.All(
            table.Records,
            row => Assert.InRange((DateTime)row["Phát hiện lúc"]!, sight.World.Began.UtcDateTime, Sight.Now.UtcDateTime)
        );
    }

    private static async Task DisagreeingAsync(Sight sight, BoardValues values) =>
        sight.Same(
            await DisagreeingAsync(sight),
            await sight.TableAsync(values),
            "Mã",
            "Chỉ tiêu",
            "Kỳ",
            "Số đang dùng",
            "Nguồn",
            "Số kia",
            "Nguồn của số kia",
            "Chênh lệch",
            "Đơn vị"
        );

    // An estimate is not held against what is final.
    private static async Task<IReadOnlyList<object?[]>> DisagreeingAsync(Sight sight)
    {
        var told = Statements(Seeds.Narrative).ToLookup(one => (one.Measure, one.Period, one.Round));
        var used = (await sight.Roads.FiguresAsync(Set)).All.Where(figure => figure["source"] == "forms");
        var pairs = (
            from one in Statements(Seeds.Forms)
            from other in told[(one.Measure, one.Period, one.Round)]
            where one.Value != other.Value
            let measure = sight.Decisions.Measure(Set, one.Measure).Measure
            select new object?[]
            {
                one.Measure,
                measure.Name,
                one.Period,
                one.Value,
                "forms",
                other.Value,
                "narrative",
                one.Value - other.Value,
                measure.Unit,
            }
        ).ToList();
        var exported = used.Select(figure =>
            Cells.Row(figure["measure"], figure["period"], ExportedFigures.Number(figure, "value"))
        );
        Assert.Subset(
            exported.ToHashSet(StringComparer.Ordinal),
            pairs.Select(pair => Cells.Row(pair[0], pair[2], pair[3])).ToHashSet(StringComparer.Ordinal)
        );
        Assert.Equal(
            (await sight.Roads.FindingsAsync(Set)).Where(one => one.Code == "sources-differ").Select(one => one.Measure).Order(),
            pairs.Select(pair => (string)pair[0]!).Order()
        );
        return pairs;
    }

    private static IEnumerable<(string Measure, string Period, string Round, decimal Value)> Statements(string file)
    {
        var lines = File.ReadAllLines(file);
        var hasRounds = lines[0].StartsWith("indicator,measure,area,period,value,status,vintage,", StringComparison.Ordinal);
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',', 8);
            var round = hasRounds ? $"{cells[5]}/{cells[6]}" : "/";
            yield return (cells[1], cells[3], round, decimal.Parse(cells[4], CultureInfo.InvariantCulture));
        }
    }
}
