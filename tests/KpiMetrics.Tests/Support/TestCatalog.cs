using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Support;

/// <summary>A small set for tests: one measure of each kind that derivations tell apart.</summary>
internal static class TestCatalog
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static readonly Measure Flow = Measure("T-01.01", MeasureKind.Flow, "Tấn");
    public static readonly Measure Stock = Measure("T-01.02", MeasureKind.Stock, "Con");
    public static readonly Measure Rate = Measure("T-01.03", MeasureKind.Ratio, "%") with { MayBeNegative = true };
    public static readonly Measure Index = Measure("T-01.04", MeasureKind.Index, null) with
    {
        Bases = [new(Period.Parse("2015-01"), "2009"), new(Period.Parse("2016-01"), "2014")],
    };
    public static readonly Measure Text = Measure("T-01.05", MeasureKind.Text, "Bản tin");
    public static readonly Measure Crops = Measure("T-01.06", MeasureKind.Flow, "Tấn") with
    {
        Subjects = [new("lua", "Cây lúa"), new("ngo", "Cây ngô")],
    };

    public static readonly Area Province = new()
    {
        Code = "24",
        Name = "Tỉnh Bắc Ninh",
        Level = AreaLevel.Province,
        From = new(2025, 7, 1),
        Parent = "VN",
    };

    public static readonly IndicatorSet Set = new()
    {
        Code = "test",
        Name = "Bộ chỉ số thử",
        Authority = "UBND tỉnh",
        Decision = "1/QĐ-UBND",
        Date = "2025-07-15",
        Prefix = "T",
        Level = AreaLevel.Province,
        Within = "24",
        Regime = [new(new(2020, 1, 1), WindowRule.Calendar, null, null)],
        Sources = ["forms", "narrative"],
        Groups =
        [
            new(
                "I",
                "Nhóm",
                [
                    new()
                    {
                        Code = "T-01",
                        Group = "I",
                        Number = "1",
                        Name = "Chỉ số thử",
                        Agency = "Sở Tài chính",
                        Frequencies = Enum.GetValues<Frequency>(),
                        Measures = [Flow, Stock, Rate, Index, Text, Crops],
                    },
                ]
            ),
        ],
    };

    public static readonly CatalogSnapshot Snapshot = new([Set], [Province with { From = new(1997, 1, 1) }]);

    public static SeriesKey Series(Measure measure, Frequency frequency, string subject = "") =>
        new(Set.Code, "T-01", measure.Code, subject, "24@1997-01-01", frequency);

    private static Measure Measure(string code, MeasureKind kind, string? unit) =>
        new()
        {
            Code = code,
            Name = code,
            Kind = kind,
            Unit = unit,
            Aggregation = Aggregation.None,
        };
}
