using KpiMetrics.Core.Periods;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Who reports in time, with every set and frequency chosen in turn; all from <c>obligations --json</c>.</summary>
internal static class ProgressOracles
{
    private const int MostNext = 100;
    private const int MostLate = 1000;

    public static IEnumerable<(string Key, Oracle Oracle)> All =>
        [
            Of("Cơ quan theo kỳ: phần trăm đúng hạn", MatrixAsync),
            Of("Tỷ lệ báo cáo của từng cơ quan", RatesAsync),
            Of(
                "Ai sắp đến hạn",
                async (sight, values, set, freq) =>
                    await Upcoming.CompareAsync(
                        sight,
                        await sight.TableAsync(values),
                        set,
                        MostNext,
                        one => one.Freq == freq && sight.Decisions.Agencies(set).Contains(one.Agency)
                    )
            ),
            Of("Quá hạn chưa đủ", LateAsync),
        ];

    private static (string Key, Oracle Oracle) Of(string title, Func<Sight, BoardValues, string, string, Task> compare) =>
        (
            $"kpi-tien-do: {title}",
            new(
                Reporting.Road,
                async sight =>
                {
                    foreach (var set in sight.Decisions.Sets)
                    {
                        foreach (var freq in Frequencies(sight, set))
                            await compare(sight, await sight.OpenAsync(("bo", set), ("ky", freq)), set, freq);
                    }
                }
            )
        );

    private static IEnumerable<string> Frequencies(Sight sight, string set) =>
        sight.Decisions.Set(set).Indicators.SelectMany(indicator => indicator.Frequencies).Distinct().Select(one => one.Code());

    private static async Task<IReadOnlyList<Owed>> DueAsync(Sight sight, BoardValues values, string set, string freq)
    {
        var at = Sight.Now;
        var agencies = sight.Decisions.Agencies(set);
        return
        [
            .. (await sight.Roads.OwedAsync(set, at)).Where(one =>
                one.Freq == freq
                && agencies.Contains(one.Agency)
                && one.CountsAt(at)
                && one.DueAt >= values.From
                && one.DueAt <= values.To
            ),
        ];
    }

    private static async Task MatrixAsync(Sight sight, BoardValues values, string set, string freq)
    {
        var table = await sight.TableAsync(values);
        var due = await DueAsync(sight, values, set, freq);
        var corner = table.Columns.Count > 0 ? table.Columns[0] : "";
        sight.Same(
            [
                .. due.GroupBy(one => (one.Agency, one.Period))
                    .Select(cell =>
                        Cells.Row(cell.Key.Agency, cell.Key.Period, Cells.Percent(cell.Count(IsInTime), cell.Count(), 0))
                    ),
            ],
            [
                .. table.Records.SelectMany(row =>
                    row.Where(cell => cell.Key != corner && cell.Value is not null)
                        .Select(cell => Cells.Row(row[corner], cell.Key, cell.Value))
                ),
            ]
        );
        Assert.Equal(due.Select(one => one.Period).Distinct().Order(StringComparer.Ordinal), table.Columns.Skip(1));
    }

    private static async Task RatesAsync(Sight sight, BoardValues values, string set, string freq)
    {
        var table = await sight.TableAsync(values);
        var due = await DueAsync(sight, values, set, freq);
        sight.SameInOrder(
            due.GroupBy(one => one.Agency)
                .Select(office =>
                {
                    var received = office.Count(one => one.IsReceived);
                    return new object?[]
                    {
                        office.Key,
                        office.Count(),
                        office.Count(IsInTime),
                        office.Count(one => one.State == "received-late"),
                        office.Count() - received,
                        Cells.Percent(received, office.Count()),
                        Cells.Percent(office.Count(IsInTime), office.Count()),
                    };
                }),
            table,
            row => Convert.ToDouble(row["Đúng hạn (%)"], System.Globalization.CultureInfo.InvariantCulture),
            "Cơ quan",
            "Đến hạn",
            "Đúng hạn",
            "Muộn",
            "Chưa đủ",
            "Đã nhận (%)",
            "Đúng hạn (%)"
        );
    }

    private static async Task LateAsync(Sight sight, BoardValues values, string set, string freq)
    {
        var table = await sight.TableAsync(values);
        var late = (await DueAsync(sight, values, set, freq)).Where(one => one.IsOpenAndLate).ToList();
        sight.SameUpTo(
            MostLate,
            [
                .. late.Select(one =>
                    new object?[]
                    {
                        one.Agency,
                        sight.Decisions.Indicator(set, one.Indicator).Name,
                        sight.Decisions.Area(one.Area).FullName,
                        one.Period,
                        Words.State(one.State),
                        one.DueAt,
                        one.Lacks.Count == 0 ? null : string.Join(' ', one.Lacks),
                        Words.Blame(one.Blame),
                    }
                ),
            ],
            table,
            "Cơ quan",
            "Chỉ số",
            "Địa bàn",
            "Kỳ",
            "Tình trạng",
            "Hạn",
            "Còn thiếu",
            "Có vẻ do"
        );
        Assert.Equal(
            late.Select(one => Cells.Text(one.DueAt)).Order(StringComparer.Ordinal).Take(MostLate),
            table.Records.Select(row => Cells.Text(row["Hạn"]))
        );
    }

    private static bool IsInTime(Owed one) => one.State == "received";
}
