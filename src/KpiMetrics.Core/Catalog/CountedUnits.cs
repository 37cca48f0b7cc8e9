using System.Collections.Frozen;

namespace KpiMetrics.Core.Catalog;

/// <summary>Units of which there is no half: people, dossiers, cases. A unit that may also measure something is not among them.</summary>
public static class CountedUnits
{
    // Of the units that the decisions print. Left out: Điểm (places, but also points), Số lượng (of what, the row says), ngày, Nghìn Con.
    private static readonly FrozenSet<string> Counted = new[]
    {
        "Ban",
        "Buổi",
        "Con",
        "Cơ quan, đơn vị",
        "Cơ sở",
        "Doanh nghiệp",
        "Dự án",
        "DVC",
        "Địa điểm",
        "Đơn",
        "Đơn vị",
        "Đợt",
        "HKD",
        "Hồ sơ",
        "Hộ",
        "HTX",
        "Lớp",
        "Lượt",
        "Người",
        "Người sử dụng đất/Cơ sở",
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
        "Văn bản",
        "Vấn đề",
        "Vụ",
        "Xử lý",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True where a figure of the measure can only be whole: an amount or a state in a counted unit that is not a mean.</summary>
    public static bool Count(Measure measure) =>
        measure is { Kind: MeasureKind.Flow or MeasureKind.Stock or MeasureKind.Cumulative, Unit: { } unit }
        && measure.OverTime is not (OverTime.Mean or OverTime.GeometricMean)
        && Counted.Contains(unit);
}
