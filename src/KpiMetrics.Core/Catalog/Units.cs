using System.Collections.Frozen;

namespace KpiMetrics.Core.Catalog;

/// <summary>Which units count things and which measure: a count is exact, a measured figure is printed rounded.</summary>
public static class Units
{
    // As the decisions print them. "Điểm" (spots, but points too) and "ngày" (an average may be meant) are left out on purpose.
    private static readonly FrozenSet<string> Counted = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Ban",
        "Bản tin",
        "Buổi",
        "Con",
        "Cơ quan",
        "Cơ sở",
        "Doanh nghiệp",
        "Dự án",
        "DVC",
        "Địa điểm",
        "Đơn",
        "Đơn vị",
        "Đợt",
        "HKD",
        "Hộ",
        "Hồ sơ",
        "HTX",
        "Lớp",
        "Lượt",
        "Người",
        "Người sử dụng đất",
        "Nhà",
        "Nhiệm vụ",
        "Ổ",
        "PAKN",
        "Sản phẩm",
        "Số dân",
        "Số lượng",
        "Số nhiệm vụ",
        "Thôn",
        "Thủ tục",
        "Tổ chức",
        "Trường",
        "TTHC",
        "Văn bản",
        "Vấn đề",
        "Vụ",
        "Xử lý"
    );

    /// <summary>
    /// True for people, dossiers, documents and the like, for lists of them ("Cơ quan, đơn vị") and for coded answers
    /// ("Có = 1; Không = 0"), in any case of letters. False for measured units, and for those not known.
    /// </summary>
    public static bool IsCounted(string? unit) =>
        unit is not null
        && (
            IsCode(unit)
            || Counted.Contains(unit)
            || unit.Split([',', '/'], StringSplitOptions.TrimEntries).All(part => Counted.Contains(part))
        );

    /// <summary>The unit spells out what coded answers mean: "Chưa = 0 Hoàn thành = 1".</summary>
    public static bool IsCode(string? unit) => unit is not null && unit.Contains('=');
}
