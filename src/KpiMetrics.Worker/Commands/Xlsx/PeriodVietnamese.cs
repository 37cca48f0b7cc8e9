using System.Globalization;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>Periods as Vietnamese forms head their columns: <c>14h 20/11/2026</c>, <c>Tuần 47/2026</c>, <c>Quý IV/2026</c>.</summary>
internal static class PeriodVietnamese
{
    private static readonly string[] Roman = ["I", "II", "III", "IV"];

    public static string Of(Period period) =>
        period.Frequency switch
        {
            Frequency.Hour => period.Start.ToString("HH'h' dd/MM/yyyy", CultureInfo.InvariantCulture),
            Frequency.Day => period.Start.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
            Frequency.Week => Numbered($"Tuần {period.Number}", period),
            Frequency.Month => Numbered($"Tháng {period.Number}", period),
            Frequency.Quarter => Numbered($"Quý {Roman[period.Number - 1]}", period),
            Frequency.HalfYear => $"6 tháng {(period.Number == 1 ? "đầu" : "cuối")} năm {period.Year}",
            _ => $"Năm {period.Year}",
        };

    private static string Numbered(string name, Period period) => $"{name}/{period.Year}";
}
