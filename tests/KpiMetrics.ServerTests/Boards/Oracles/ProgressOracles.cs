using KpiMetrics.Core.Periods;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Who reports in time, with every set and frequency chosen in turn; all from <c>obligations --json</c>.</summary>
internal static class ProgressOracles
{
    private const int MostNext = 100;
    private const int MostLate = 1000;
    private const int MostClosed = 500;
    private const string Road = $"{Reporting.Road}, {KeptAlert.Road}";

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
            Of("Quá hạn đã xong trong 30 ngày qua", ClosedAsync),
        ];

    private static (string Key, Oracle Oracle) Of(string title, Func<Sight, BoardValues, string, string, Task> compare) =>
        (
            $"kpi-tien-do: {title}",
            new(
                Road,
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
        var kept = await DealtWithAsync(sight, set);
        sight.SameUpTo(
            MostLate,
            [
                .. late.Select(one =>
                {
                    var alert = kept.GetValueOrDefault(ExpectedAlert.KeyOf(sight, set, one));
                    return new object?[]
                    {
                        one.Agency,
                        sight.Decisions.Indicator(set, one.Indicator).Name,
                        sight.Decisions.Area(one.Area).FullName,
                        one.Period,
                        Words.State(one.State),
                        one.DueAt,
                        one.Lacks.Count == 0 ? null : string.Join(' ', one.Lacks),
                        Words.Blame(one.Blame),
                        alert?.State ?? "firing",
                        alert?.Holder,
                        alert?.Explanation,
                        AlertWay.Of(sight, set, one.Indicator, null, sight.Decisions.Area(one.Area).Id, one.Freq),
                    };
                }),
            ],
            table,
            "Cơ quan",
            "Chỉ số",
            "Địa bàn",
            "Kỳ",
            "Tình trạng",
            "Hạn",
            "Còn thiếu",
            "Có vẻ do",
            "Xử lý",
            "Người phụ trách",
            "Giải trình",
            "Bảng"
        );
        Assert.Equal(
            late.Select(one => Cells.Text(one.DueAt)).Order(StringComparer.Ordinal).Take(MostLate),
            table.Records.Select(row => Cells.Text(row["Hạn"]))
        );
    }

    private static async Task ClosedAsync(Sight sight, BoardValues values, string set, string freq)
    {
        var agencies = sight.Decisions.Agencies(set);
        var closed = (await sight.Roads.AlertsAsync(set)).Where(one =>
            one is { IsResolved: true, IsLateness: true, Agency: { } agency } && one.Freq == freq && agencies.Contains(agency)
        );
        await AlertRows.CompareAsync(
            sight,
            values,
            closed.Select(one => one.Expected(sight, set)),
            MostClosed,
            hasResolved: true
        );
    }

    private static async Task<Dictionary<string, KeptAlert>> DealtWithAsync(Sight sight, string set) =>
        (await sight.Roads.AlertsAsync(set)).Where(one => !one.IsResolved).ToDictionary(one => one.Key, StringComparer.Ordinal);

    private static bool IsInTime(Owed one) => one.State == "received";
}
