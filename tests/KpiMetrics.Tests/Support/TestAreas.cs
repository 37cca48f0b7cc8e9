using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Tests.Support;

/// <summary>The merger of Bắc Giang (24) and Bắc Ninh (27) into Bắc Ninh (24) on 1 July 2025, with a commune of each kind.</summary>
internal static class TestAreas
{
    public static readonly DateOnly Before = new(2025, 6, 30);
    public static readonly DateOnly On = new(2025, 7, 1);

    public static readonly Area Country = Area("VN", "Việt Nam", AreaLevel.Country, new(1945, 9, 2), null, null);
    public static readonly Area BacGiang = Area("24", "Tỉnh Bắc Giang", AreaLevel.Province, new(1997, 1, 1), Before, "VN");
    public static readonly Area OldBacNinh = Area("27", "Tỉnh Bắc Ninh", AreaLevel.Province, new(1997, 1, 1), Before, "VN");
    public static readonly Area BacNinh = Area(
        "24",
        "Tỉnh Bắc Ninh",
        AreaLevel.Province,
        On,
        null,
        "VN",
        ("24", null),
        ("27", null)
    );

    /// <summary>Another old province, not merged into any that is here.</summary>
    public static readonly Area YenBai = Area("15", "Tỉnh Yên Bái", AreaLevel.Province, new(1991, 10, 1), Before, "VN");

    /// <summary>Went whole into <see cref="Merged"/>.</summary>
    public static readonly Area Whole = Area("07201", "Xã Toàn Phần", AreaLevel.Commune, new(2004, 7, 8), Before, "24");

    /// <summary>Was divided over <see cref="Merged"/> and <see cref="Other"/>.</summary>
    public static readonly Area Divided = Area("07202", "Xã Chia Đôi", AreaLevel.Commune, new(2004, 7, 8), Before, "27");

    public static readonly Area Merged = Area(
        "07201",
        "Phường Mới",
        AreaLevel.Commune,
        On,
        null,
        "24",
        ("07201", null),
        ("07202", null)
    );
    public static readonly Area Other = Area("07203", "Phường Khác", AreaLevel.Commune, On, null, "24", ("07202", null));

    /// <summary>Was not touched by the change of the provinces above it.</summary>
    public static readonly Area Untouched = Area("07204", "Xã Giữ Nguyên", AreaLevel.Commune, new(2004, 7, 8), null, "27");

    public static readonly IReadOnlyList<Area> All =
    [
        Country,
        BacGiang,
        OldBacNinh,
        BacNinh,
        YenBai,
        Whole,
        Divided,
        Merged,
        Other,
        Untouched,
    ];

    public static Area Area(
        string code,
        string name,
        AreaLevel level,
        DateOnly from,
        DateOnly? to,
        string? parent,
        params (string Code, decimal? Weight)[] predecessors
    ) =>
        new()
        {
            Code = code,
            Name = name,
            Level = level,
            From = from,
            To = to,
            Parent = parent,
            Predecessors = [.. predecessors.Select(part => new AreaPart(part.Code, part.Weight))],
        };
}
