using System.Collections.Frozen;

namespace KpiMetrics.Core.Catalog;

/// <summary>Which units count things and which measure: a count is exact, a measured figure is printed rounded.</summary>
public static class Units
{
    // As the decisions print them. Left out: Điểm (spots, but points too), ngày (an average may be meant), Số lượng (of what, the row says), Nghìn Con.
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

    /// <summary>True where a figure of the measure can only be whole: an amount or a state in a counted unit that is not a mean.</summary>
    public static bool IsCount(Measure measure) =>
        measure is { Kind: MeasureKind.Flow or MeasureKind.Stock or MeasureKind.Cumulative }
        && measure.OverTime is not (OverTime.Mean or OverTime.GeometricMean)
        && IsCounted(measure.Unit);

    /// <summary>The unit spells out what coded answers mean: "Chưa = 0 Hoàn thành = 1".</summary>
    public static bool IsCode(string? unit) => unit is not null && unit.Contains('=');
}
