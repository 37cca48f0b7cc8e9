using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Publishing;

/// <summary>A small catalog for tests of publishing.</summary>
internal static class Given
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.FromHours(7));

    public static readonly IndicatorSet Set = SetWith(WindowRule.Calendar);

    public static readonly CatalogSnapshot Catalog = new([Set], []);

    public static SeriesKey Key(string measure = "T-A01.01", string subject = "", Frequency frequency = Frequency.Month) =>
        new("test", "T-A01", measure, subject, "24@2025-07-01", frequency);

    public static IndicatorSet SetWith(WindowRule windows) =>
        new()
        {
            Code = "test",
            Name = "Bộ chỉ số thử",
            Authority = "Tỉnh",
            Decision = "1/QĐ",
            Date = "2025-01-01",
            Prefix = "T",
            Level = AreaLevel.Province,
            Within = "24",
            Regime = [new(new DateOnly(1900, 1, 1), windows, null, null)],
            Groups =
            [
                new(
                    "A",
                    "Nhóm A",
                    [
                        new()
                        {
                            Code = "T-A01",
                            Group = "A",
                            Number = "1",
                            Name = "Chỉ số 1",
                            Agency = "Sở",
                            Frequencies = [Frequency.Month],
                            Measures =
                            [
                                MeasureOf("T-A01.01", MeasureKind.Flow),
                                MeasureOf("T-A01.02", MeasureKind.Ratio),
                                MeasureOf("T-A01.03", MeasureKind.Text),
                            ],
                        },
                    ]
                ),
            ],
        };

    private static Measure MeasureOf(string code, MeasureKind kind) =>
        new()
        {
            Code = code,
            Name = code,
            Kind = kind,
            Aggregation = Aggregation.None,
        };
}
