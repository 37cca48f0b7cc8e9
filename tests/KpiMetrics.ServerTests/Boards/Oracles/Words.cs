using KpiMetrics.Core.Obligations;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>The Vietnamese words of boards for what commands print as codes; null for none.</summary>
internal static class Words
{
    public static string? Status(string? code) =>
        code switch
        {
            "A" => "chính thức",
            "E" => "ước tính",
            "P" => "sơ bộ",
            "B" => "thay đổi địa giới",
            "M" => "không có",
            _ => code,
        };

    public static string? Vintage(string? code) =>
        code switch
        {
            "estimate" => "ước tính",
            "preliminary" => "sơ bộ",
            "official" => "chính thức",
            _ => null,
        };

    public static string Frequency(string code) =>
        code switch
        {
            "H" => "giờ",
            "D" => "ngày",
            "W" => "tuần",
            "M" => "tháng",
            "Q" => "quý",
            "S" => "6 tháng",
            "A" => "năm",
            _ => throw new ArgumentException(code, nameof(code)),
        };

    public static string? Blame(string? code) =>
        code switch
        {
            "reporter" => "cơ quan chưa gửi",
            "source" => "nguồn không trả lời",
            "us" => "hệ thống chưa hỏi",
            _ => null,
        };

    public static string State(string code) =>
        ObligationStateName.TryParse(code, out var state) ? state.Vietnamese() : throw new ArgumentException(code, nameof(code));
}
