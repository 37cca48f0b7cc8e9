using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Benchmarks.Jobs;

/// <summary>Fifty sets of indicators that are reported daily and monthly.</summary>
internal static class BenchCatalog
{
    private const int Sets = 50;

    private static readonly Frequency[] Frequencies = [Frequency.Day, Frequency.Month];

    public static CatalogSnapshot Of(int duties)
    {
        var indicators = duties / Sets / Frequencies.Length;
        return new([.. Enumerable.Range(0, Sets).Select(number => Set(number, indicators))], []);
    }

    private static IndicatorSet Set(int number, int indicators) =>
        new()
        {
            Code = $"set-{number}",
            Name = "Bộ chỉ số thử",
            Authority = "UBND tỉnh",
            Decision = "1/QĐ-UBND",
            Date = "2025-07-15",
            Prefix = "B",
            Level = AreaLevel.Province,
            Within = "24",
            Regime = [new(new(2020, 1, 1), WindowRule.Calendar, null, null)],
            Groups = [new("I", "Nhóm", [.. Enumerable.Range(1, indicators).Select(Indicator)])],
        };

    private static Indicator Indicator(int number) =>
        new()
        {
            Code = $"B-{number:0000}",
            Group = "I",
            Number = "1",
            Name = "Chỉ số thử",
            Agency = "Sở Tài chính",
            Frequencies = Frequencies,
            Measures = [],
        };
}
