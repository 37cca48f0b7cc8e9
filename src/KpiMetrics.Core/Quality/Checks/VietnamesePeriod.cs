using System.Globalization;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>Periods as Vietnamese reports call them: tháng 11/2025, quý IV/2025, 6 tháng đầu năm 2025.</summary>
public static class VietnamesePeriod
{
    private static readonly string[] Quarters = ["I", "II", "III", "IV"];

    public static string Text(Period period) =>
        period.Frequency switch
        {
            Frequency.Hour => period.Start.ToString("H 'giờ ngày' dd'/'MM'/'yyyy", CultureInfo.InvariantCulture),
            Frequency.Day => period.Start.ToString("'ngày' dd'/'MM'/'yyyy", CultureInfo.InvariantCulture),
            Frequency.Week => Numbered("tuần ", period),
            Frequency.Month => Numbered("tháng ", period),
            Frequency.Quarter => string.Create(CultureInfo.InvariantCulture, $"quý {Quarters[period.Number - 1]}/{period.Year}"),
            Frequency.HalfYear => string.Create(
                CultureInfo.InvariantCulture,
                $"6 tháng {(period.Number == 1 ? "đầu" : "cuối")} năm {period.Year}"
            ),
            _ => string.Create(CultureInfo.InvariantCulture, $"năm {period.Year}"),
        };

    private static string Numbered(string noun, Period period) =>
        string.Create(CultureInfo.InvariantCulture, $"{noun}{period.Number}/{period.Year}");
}
