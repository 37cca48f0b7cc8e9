using System.Globalization;
using System.Text;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>Monthly series of one set, as rows ready parsed and as the CSV that an office would send; a second report changes every value.</summary>
internal static class IntakeData
{
    public const int Series = 2_500;
    public const int Months = 36;
    public const int Rows = Series * Months;

    public static readonly Period First = Period.Parse("2023-01");
    public static readonly CatalogSnapshot Catalog = MakeCatalog();
    public static readonly byte[][] Reports = [MakeCsv(0), MakeCsv(1)];

    /// <param name="report">0: the first, 1: the one that changes all.</param>
    public static decimal Value(int report, int series, int month) => (series + month) % 97 + report + 0.5m;

    public static string Text(int report, int series, int month) =>
        Value(report, series, month).ToString(CultureInfo.InvariantCulture);

    private static byte[] MakeCsv(int report)
    {
        var text = new StringBuilder("indicator,measure,area,period,value\n");
        for (var s = 0; s < Series; s++)
        {
            for (var m = 0; m < Months; m++)
                text.Append(CultureInfo.InvariantCulture, $"B-01,B-01.{s:0000},24,{First.Shift(m)},{Text(report, s, m)}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static CatalogSnapshot MakeCatalog()
    {
        var measures = Enumerable
            .Range(0, Series)
            .Select(s => new Measure
            {
                Code = $"B-01.{s:0000}",
                Name = "flow",
                Kind = MeasureKind.Flow,
                Aggregation = Aggregation.Sum,
            })
            .ToList();
        var indicator = new Indicator
        {
            Code = "B-01",
            Group = "A",
            Number = "1",
            Name = "bench",
            Agency = "bench",
            Frequencies = [Frequency.Month],
            Measures = measures,
        };
        var set = new IndicatorSet
        {
            Code = "bench",
            Name = "bench",
            Authority = "bench",
            Decision = "bench",
            Date = "2023-01-01",
            Prefix = "B",
            Level = AreaLevel.Province,
            Within = "24",
            Regime = [new(new(2020, 1, 1), WindowRule.Calendar, null, null)],
            Groups = [new("A", "bench", [indicator])],
        };
        var area = new Area
        {
            Code = "24",
            Name = "Tỉnh Bắc Ninh",
            Level = AreaLevel.Province,
            From = new(2000, 1, 1),
        };
        return new([set], [area]);
    }
}
