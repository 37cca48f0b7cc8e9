using System.Globalization;
using System.Text.Json;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>
/// Every statement of a figure. The one in use is held against the export for all periods; for the periods of which most was said, and the newest, all of them are
/// held against <c>explain</c>.
/// </summary>
internal static class RevisionOracle
{
    private const int Explained = 1;

    private static readonly string[] Columns =
    [
        "Kỳ",
        "Nhận lúc",
        "Nguồn",
        "Giá trị",
        "Nội dung",
        "Vòng",
        "Lần sửa",
        "Đang dùng",
        "Người gửi ghi",
    ];

    public static async Task CompareAsync(Sight sight, BoardValues values, ChosenSeries series)
    {
        var table = await sight.TableAsync(values);
        Assert.Equal(Columns, table.Columns);
        var rows = table.Records.ToList();
        var reported = await IndicatorOracles.ReportedAsync(sight, values, series);
        sight.Same(
            [
                .. reported.Select(figure =>
                    Cells.Row(
                        figure["period"],
                        ExportedFigures.ReceivedAt(figure),
                        figure["source"],
                        ExportedFigures.IsNumber(figure) ? (object?)ExportedFigures.Number(figure, "value") : figure["value"],
                        Words.Vintage(figure["vintage"]),
                        ExportedFigures.Number(figure, "revision"),
                        figure["note"].Length == 0 ? null : figure["note"]
                    )
                ),
            ],
            [
                .. rows.Where(row => row["Đang dùng"] is not null)
                    .Select(row =>
                        Cells.Row(
                            row["Kỳ"],
                            row["Nhận lúc"],
                            row["Nguồn"],
                            row["Giá trị"] ?? row["Nội dung"],
                            row["Vòng"],
                            row["Lần sửa"],
                            row["Người gửi ghi"]
                        )
                    ),
            ]
        );
        var periods = rows.GroupBy(row => Cells.Text(row["Kỳ"])).ToList();
        foreach (var period in periods.OrderByDescending(of => of.Count()).Take(Explained).Append(periods[0]).Distinct())
            await ExplainAsync(sight, series, period.Key, [.. period]);
    }

    private static async Task ExplainAsync(
        Sight sight,
        ChosenSeries series,
        string period,
        List<IReadOnlyDictionary<string, object?>> rows
    )
    {
        var told = (await sight.Roads.ExplainAsync(series.Text, period)).GetProperty("value");
        // What said nothing new has no number.
        sight.Same(
            [
                .. told.GetProperty("revisions")
                    .EnumerateArray()
                    .Select(one =>
                        Said(one, one.GetProperty("revision").GetInt32(), one.GetProperty("counts").GetBoolean() ? "✓" : null)
                    ),
            ],
            [
                .. rows.Where(row => row["Lần sửa"] is not null)
                    .Select(row =>
                        Cells.Row(
                            row["Nhận lúc"],
                            row["Nguồn"],
                            row["Giá trị"] ?? row["Nội dung"],
                            row["Vòng"],
                            row["Người gửi ghi"],
                            row["Lần sửa"],
                            row["Đang dùng"]
                        )
                    ),
            ]
        );
        // The last word of each other source is among the rows; all other rows repeat what their source had said.
        var others = told.TryGetProperty("other_sources", out var all) ? all.EnumerateArray().ToList() : [];
        foreach (var other in others)
            Assert.Contains(
                Said(other, null, null),
                rows.Select(row =>
                    Cells.Row(
                        row["Nhận lúc"],
                        row["Nguồn"],
                        row["Giá trị"] ?? row["Nội dung"],
                        row["Vòng"],
                        row["Người gửi ghi"],
                        row["Lần sửa"],
                        row["Đang dùng"]
                    )
                )
            );
        var sources = others.Select(other => other.GetProperty("source").GetString()).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => row["Lần sửa"] is null && !sources.Contains(Cells.Text(row["Nguồn"]))))
            Assert.Contains(
                rows,
                earlier =>
                    earlier["Lần sửa"] is not null
                    && Cells.Text(earlier["Giá trị"] ?? earlier["Nội dung"]) == Cells.Text(row["Giá trị"] ?? row["Nội dung"])
                    && (DateTime)earlier["Nhận lúc"]! <= (DateTime)row["Nhận lúc"]!
            );
    }

    private static string Said(JsonElement one, int? revision, string? current)
    {
        var value = one.GetProperty("value").GetString() ?? "";
        return Cells.Row(
            one.GetProperty("received_at").GetDateTimeOffset(),
            one.GetProperty("source").GetString(),
            decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (object)number : value,
            Words.Vintage(one.GetProperty("vintage").GetString()),
            one.GetProperty("note").GetString(),
            revision,
            current
        );
    }
}
