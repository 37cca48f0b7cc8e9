using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Derivation.Graph;

/// <summary>An indicator of emergencies, by the hour and the day, with rows computed from its rows; one commune comes later than the others.</summary>
internal static class HourCatalog
{
    public static readonly Measure Flow = Row("01", MeasureKind.Flow, Aggregation.Sum);
    public static readonly Measure Stock = Row("02", MeasureKind.Stock, Aggregation.Sum);
    public static readonly Measure Running = Row("03", MeasureKind.Cumulative, Aggregation.Sum);
    public static readonly Measure Mean = Row("04", MeasureKind.Stock, Aggregation.None) with
    {
        DeclaredOverTime = OverTime.Mean,
    };

    /// <summary>What offices report, with the running total of the flow.</summary>
    public static readonly IReadOnlyList<Measure> Reported =
    [
        Flow,
        Stock,
        Running,
        Mean,
        Derived("05", MeasureKind.Cumulative, DerivedRule.Ytd, Flow),
    ];

    public static readonly CatalogSnapshot Catalog = new(
        [
            new()
            {
                Code = "khan-cap",
                Name = "Bộ chỉ số khẩn cấp",
                Authority = "UBND tỉnh",
                Decision = "1/QĐ-UBND",
                Date = "2026-01-01",
                Prefix = "K",
                Level = AreaLevel.Commune,
                Within = "15",
                // The day ends with the evening's rain.
                Regime = [new(new(2020, 1, 1), WindowRule.Calendar, null, null, new(19, 0))],
                Groups = [new("C", "Nhóm", [Indicator()])],
            },
        ],
        [
            Place("VN", AreaLevel.Country, new(1945, 9, 2), null),
            Place("15", AreaLevel.Province, new(2020, 1, 1), "VN"),
            Place("101", AreaLevel.Commune, new(2020, 1, 1), "15"),
            Place("102", AreaLevel.Commune, new(2020, 1, 1), "15"),
            Place("103", AreaLevel.Commune, new(2024, 2, 28), "15"),
        ]
    );

    public static readonly SeriesGraph Series = new(Catalog);

    /// <summary>The province and its communes.</summary>
    public static IEnumerable<Area> Places => Catalog.Areas.Where(area => area.Level != AreaLevel.Country);

    /// <summary>Every series there can be.</summary>
    public static IReadOnlyList<SeriesKey> All { get; } =
    [
        .. from measure in Indicator().Measures
        from area in Places
        from frequency in Indicator().Frequencies
        select Key(measure, area, frequency),
    ];

    public static SeriesKey Key(Measure measure, Area area, Frequency frequency) =>
        new("khan-cap", "K-C01", measure.Code, "", area.Id, frequency);

    private static Indicator Indicator() =>
        new()
        {
            Code = "K-C01",
            Group = "C",
            Number = "1",
            Name = "Chỉ số khẩn cấp",
            Agency = "Phòng Kinh tế",
            // No coarser ones, of which the year would make the days be read anyway.
            Frequencies = [Frequency.Hour, Frequency.Day],
            Measures =
            [
                .. Reported,
                Derived("06", MeasureKind.Ratio, DerivedRule.Yoy, Flow),
                Derived("07", MeasureKind.Ratio, DerivedRule.Pop, Running),
                Derived("08", MeasureKind.Ratio, DerivedRule.YtdYoy, Flow),
                Derived("09", MeasureKind.Ratio, DerivedRule.YearEnd, Stock),
                Derived("10", MeasureKind.Ratio, DerivedRule.Ratio, Flow, Stock),
            ],
        };

    private static Area Place(string code, AreaLevel level, DateOnly from, string? parent) =>
        new()
        {
            Code = code,
            Name = code,
            Level = level,
            From = from,
            Parent = parent,
        };

    private static Measure Row(string number, MeasureKind kind, Aggregation aggregation) =>
        new()
        {
            Code = $"K-C01.{number}",
            Name = number,
            Kind = kind,
            Aggregation = aggregation,
        };

    private static Measure Derived(string number, MeasureKind kind, DerivedRule rule, params Measure[] inputs) =>
        Row(number, kind, Aggregation.None) with
        {
            Derived = new(rule, [.. inputs.Select(input => input.Code)]),
        };
}
