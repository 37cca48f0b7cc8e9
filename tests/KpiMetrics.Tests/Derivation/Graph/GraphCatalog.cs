using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Derivation.Graph;

/// <summary>A set with every way of computing a figure, and a map that changes: two old provinces with two communes each become one.</summary>
internal static class GraphCatalog
{
    public const string NewProvince = "24@2025-07-01";

    public static readonly DateOnly Merger = new(2025, 7, 1);

    public static readonly IReadOnlyList<Area> Areas =
    [
        new()
        {
            Code = "VN",
            Name = "Việt Nam",
            Level = AreaLevel.Country,
            From = new(1945, 9, 2),
        },
        Old("24", "Tỉnh Bắc Giang", AreaLevel.Province, "VN"),
        Old("27", "Tỉnh Bắc Ninh", AreaLevel.Province, "VN"),
        Old("101", "Xã Một", AreaLevel.Commune, "24"),
        Old("102", "Xã Hai", AreaLevel.Commune, "24"),
        Old("103", "Xã Ba", AreaLevel.Commune, "27"),
        Old("104", "Xã Tư", AreaLevel.Commune, "27"),
        // Outlives its province.
        Old("105", "Xã Năm", AreaLevel.Commune, "27") with
        {
            To = null,
        },
        New("24", "Tỉnh Bắc Ninh", AreaLevel.Province, "VN", new("24", null), new("27", null)),
        // One whole, one of two; of the other the rest, with weights.
        New("101", "Xã Một Hai", AreaLevel.Commune, "24", new("101", null), new("102", 0.25m)),
        New("102", "Xã Hai", AreaLevel.Commune, "24", new AreaPart("102", 0.75m)),
        // Divided, and nobody says how.
        New("103", "Xã Ba", AreaLevel.Commune, "24", new("103", null), new("104", null)),
        New("104", "Xã Tư", AreaLevel.Commune, "24", new AreaPart("104", null)),
    ];

    public static readonly Measure Flow = Row("01", MeasureKind.Flow, Aggregation.Sum);
    public static readonly Measure Stock = Row("02", MeasureKind.Stock, Aggregation.Sum);
    public static readonly Measure Below = Row("03", MeasureKind.Flow, Aggregation.Sum);
    public static readonly Measure Total = Derived("04", MeasureKind.Cumulative, DerivedRule.Ytd, Flow);
    public static readonly Measure Rate = Derived("05", MeasureKind.Ratio, DerivedRule.Ratio, Flow, Below) with { Unit = "%" };
    public static readonly Measure Yoy = Derived("06", MeasureKind.Ratio, DerivedRule.Yoy, Flow);
    public static readonly Measure TotalYoy = Derived("07", MeasureKind.Ratio, DerivedRule.YtdYoy, Total);
    public static readonly Measure Pop = Derived("08", MeasureKind.Ratio, DerivedRule.Pop, Stock);
    public static readonly Measure YearEnd = Derived("09", MeasureKind.Ratio, DerivedRule.YearEnd, Stock);
    public static readonly Measure Sum = Derived("10", MeasureKind.Flow, DerivedRule.Sum, Flow, Below);
    public static readonly Measure Season = Derived("11", MeasureKind.Ratio, DerivedRule.Season, Flow);
    public static readonly Measure Running = Row("12", MeasureKind.Cumulative, Aggregation.Sum);
    public static readonly Measure RunningYoy = Derived("13", MeasureKind.Ratio, DerivedRule.Yoy, Running);

    /// <summary>A rate that offices report, though its parts are rows of the set.</summary>
    public static readonly Measure Stated = Row("14", MeasureKind.Ratio, Aggregation.RatioOfSums) with
    {
        Unit = "%",
        Identities = [new(IdentityRule.Ratio, [Flow.Code, Below.Code], null)],
    };

    /// <summary>Has an own history from 2025 on; before, that of <see cref="Flow"/>.</summary>
    public static readonly Measure Successor = Row("15", MeasureKind.Flow, Aggregation.Sum) with
    {
        From = new(2025, 1, 1),
        Replaces = new(Flow.Code, Continues: true),
    };

    /// <summary>A breakdown of <see cref="Flow"/>, and the share of each line in the whole, which has none.</summary>
    public static readonly Measure Lines = Row("16", MeasureKind.Flow, Aggregation.Sum) with
    {
        Subjects = [new("a", "A"), new("b", "B")],
    };

    public static readonly Measure Share = Derived("17", MeasureKind.Ratio, DerivedRule.Share, Lines, Flow) with
    {
        Subjects = Lines.Subjects,
        Unit = "%",
    };

    /// <summary>Reported by the day; its days and months change their windows in mid-life.</summary>
    public static readonly Measure Rain = Row("18", MeasureKind.Flow, Aggregation.Sum);
    public static readonly Measure Gauge = Row("19", MeasureKind.Stock, Aggregation.None) with
    {
        DeclaredOverTime = OverTime.Max,
    };

    /// <summary>Of rows that cover other days from the middle of 2024 on.</summary>
    public static readonly Measure RainRate = Derived("20", MeasureKind.Ratio, DerivedRule.Ratio, Rain, Flow);

    public static readonly Measure Difference = Derived("26", MeasureKind.Flow, DerivedRule.Difference, Flow, Below);
    public static readonly Measure Retired = Row("27", MeasureKind.Flow, Aggregation.Sum) with { To = new(2025, 10, 31) };

    /// <summary>Takes the place of <see cref="Retired"/> within a quarter.</summary>
    public static readonly Measure LateSuccessor = Row("28", MeasureKind.Flow, Aggregation.Sum) with
    {
        From = new(2025, 11, 1),
        Replaces = new(Retired.Code, Continues: true),
    };

    /// <summary>The rows that offices report.</summary>
    public static readonly IReadOnlyList<Measure> Reported =
    [
        Flow,
        Stock,
        Below,
        Running,
        Stated,
        Successor,
        Total,
        Lines,
        Rain,
        Gauge,
    ];

    public static readonly IndicatorSet Set = new()
    {
        Code = "demo",
        Name = "Bộ chỉ số thử",
        Authority = "UBND tỉnh",
        Decision = "1/QĐ-UBND",
        Date = "2025-08-01",
        Prefix = "G",
        Level = AreaLevel.Commune,
        Within = "24",
        Regime = [new(new(2020, 1, 1), WindowRule.Calendar, null, null)],
        Seasons =
        [
            Crop("mua", 2024, new(2024, 6, 1), new(2024, 10, 31)),
            Crop("dong-xuan", 2025, new(2024, 11, 1), new(2025, 5, 31)),
            Crop("mua", 2025, new(2025, 6, 1), new(2025, 10, 31)),
        ],
        Groups =
        [
            new(
                "A",
                "Nhóm",
                [
                    new()
                    {
                        Code = "G-A01",
                        Group = "A",
                        Number = "1",
                        Name = "Chỉ số thử",
                        Agency = "Phòng Kinh tế",
                        Frequencies = [Frequency.Month, Frequency.Quarter, Frequency.Year],
                        Measures =
                        [
                            Flow,
                            Stock,
                            Below,
                            Total,
                            Rate,
                            Yoy,
                            TotalYoy,
                            Pop,
                            YearEnd,
                            Sum,
                            Season,
                            Running,
                            RunningYoy,
                            Stated,
                            Successor,
                            Lines,
                            Share,
                            RainRate,
                            Difference,
                            Retired,
                            LateSuccessor,
                        ],
                    },
                    new()
                    {
                        Code = "G-A02",
                        Group = "A",
                        Number = "2",
                        Name = "Chỉ số ngày",
                        Agency = "Phòng Kinh tế",
                        Frequencies = [Frequency.Day, Frequency.Week, Frequency.Month, Frequency.Quarter, Frequency.Year],
                        Regime =
                        [
                            new(new(2020, 1, 1), WindowRule.Calendar, null, null),
                            new(new(2024, 7, 1), WindowRule.Cutoff15, null, null, new(19, 0)),
                        ],
                        Measures = [Rain, Gauge],
                    },
                ]
            ),
        ],
    };

    public static readonly CatalogSnapshot Catalog = new([Set], Areas);

    public static readonly SeriesGraph Series = new(Catalog);

    /// <summary>The communes, old and new.</summary>
    public static readonly IReadOnlyList<Area> Communes = [.. Areas.Where(area => area.Level == AreaLevel.Commune)];

    public static SeriesKey Key(Measure measure, string area, Frequency frequency = Frequency.Month, string subject = "") =>
        new(Set.Code, IndicatorOf(measure).Code, measure.Code, subject, area, frequency);

    public static Indicator IndicatorOf(Measure measure) =>
        Set.Indicators.FirstOrDefault(indicator => indicator.Measures.Any(other => other.Code == measure.Code))
        ?? Set.Indicators.First();

    public static Figure Figure(Period period, decimal value, char status = ObsStatus.Normal) =>
        new(period, new("inbox", DateTimeOffset.UnixEpoch, FigureValue.Of(value), status, Vintage.Official, null), 1);

    /// <summary>Works on these reported figures.</summary>
    public static SeriesEvaluator Evaluate(IReadOnlyDictionary<SeriesKey, SortedDictionary<Period, decimal>> reported) =>
        new(
            Series,
            key => reported.TryGetValue(key, out var figures) ? [.. figures.Select(pair => Figure(pair.Key, pair.Value))] : [],
            _ => []
        );

    private static Season Crop(string code, int year, DateOnly from, DateOnly to) => new(code, code, year, from, to, [], []);

    private static Area Old(string code, string name, AreaLevel level, string parent) =>
        new()
        {
            Code = code,
            Name = name,
            Level = level,
            From = new(1997, 1, 1),
            To = Merger.AddDays(-1),
            Parent = parent,
        };

    private static Area New(string code, string name, AreaLevel level, string parent, params AreaPart[] predecessors) =>
        new()
        {
            Code = code,
            Name = name,
            Level = level,
            From = Merger,
            Parent = parent,
            Predecessors = predecessors,
        };

    private static Measure Row(string number, MeasureKind kind, Aggregation aggregation) =>
        new()
        {
            Code = $"G-A01.{number}",
            Name = number,
            Kind = kind,
            Aggregation = aggregation,
        };

    private static Measure Derived(string number, MeasureKind kind, DerivedRule rule, params Measure[] inputs) =>
        Row(number, kind, kind == MeasureKind.Flow ? Aggregation.Sum : Aggregation.None) with
        {
            Derived = new(rule, [.. inputs.Select(input => input.Code)]),
        };
}
