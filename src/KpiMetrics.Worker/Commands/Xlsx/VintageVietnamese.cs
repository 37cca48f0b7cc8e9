using KpiMetrics.Core.Figures;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>How final a figure is, in the words of Vietnamese statistics.</summary>
internal static class VintageVietnamese
{
    /// <summary>True where nothing needs to be said of the figure.</summary>
    public static bool IsOrdinary(Statement statement) => statement is { Vintage: Vintage.Official, Status: ObsStatus.Normal };

    /// <summary><c>Chính thức</c>, <c>Ước tính</c>; with the OBS_STATUS behind it where that is not A.</summary>
    public static string Of(Statement statement)
    {
        var vintage = statement.Vintage switch
        {
            Vintage.Estimate => "Ước tính",
            Vintage.Preliminary => "Sơ bộ",
            _ => "Chính thức",
        };
        return statement.Status == ObsStatus.Normal ? vintage : $"{vintage}; {Status(statement.Status)}";
    }

    private static string Status(char status) =>
        status switch
        {
            'B' => "đứt đoạn chuỗi số liệu (B)",
            'E' => "số ước lượng (E)",
            'F' => "số dự báo (F)",
            'I' => "số gán (I)",
            'P' => "số tạm tính (P)",
            'U' => "độ tin cậy thấp (U)",
            _ => $"mã trạng thái {status}",
        };
}
