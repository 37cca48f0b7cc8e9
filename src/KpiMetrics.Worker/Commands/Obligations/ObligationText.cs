using System.Globalization;
using System.Text;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>Obligations and rates as tables for people.</summary>
internal static class ObligationText
{
    public static string Table(IEnumerable<ObligationLine> lines) =>
        Aligned(
            ["Hạn", "Kỳ", "Chỉ số", "Địa bàn", "Tình trạng", "Còn thiếu", "Cơ quan", "Chậm do"],
            lines.Select(line =>
                (string[])
                    [
                        Local(line.DueAt),
                        line.Obligation.Period.ToString(),
                        line.Obligation.Duty.Indicator,
                        line.Area is { } area ? $"{area.Code} {area.Name}" : line.AreaCode,
                        ObligationWords.Of(line),
                        ObligationWords.Lacks(line.Obligation),
                        line.Obligation.Agency,
                        ObligationWords.Of(line.Blame),
                    ]
            )
        );

    /// <param name="counts">How many are in each state, shown or not.</param>
    public static string Summary(IReadOnlyDictionary<ObligationState, int> counts, int shown, DateTimeOffset at)
    {
        var total = counts.Values.Sum();
        var parts = counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key.Vietnamese()}");
        var all = total == 0 ? "không có nghĩa vụ báo cáo nào" : string.Join(", ", parts);
        return $"Tính đến {Local(at)}: {all}. Hiển thị {shown} trong {total}.";
    }

    public static string Table(IEnumerable<AgencyRate> rates) =>
        Aligned(
            ["Cơ quan", "Tần suất", "Phải báo cáo", "Đã báo cáo", "%", "Đúng hạn", "%"],
            rates.Select(of =>
                (string[])
                    [
                        of.Agency,
                        of.Frequency.Code(),
                        Number(of.Rate.Expected),
                        Number(of.Rate.Received),
                        Percent(of.Rate.ReceivedPercent),
                        Number(of.Rate.OnTime),
                        Percent(of.Rate.OnTimePercent),
                    ]
            )
        );

    /// <summary><c>2026-11-20 14:00</c> by the clock of Vietnam, with seconds where there are any.</summary>
    public static string Local(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, VietnamTime.Zone);
        return local.ToString(local.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(decimal? value) =>
        value is { } percent ? percent.ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ',') : "";

    private static string Aligned(IReadOnlyList<string> head, IEnumerable<string[]> rows)
    {
        IReadOnlyList<IReadOnlyList<string>> all = [head, .. rows];
        var widths = head.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in all)
            text.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        return text.ToString().TrimEnd();
    }
}
