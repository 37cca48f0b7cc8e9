using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Obligations;

/// <summary>A province of three communes and a half, and a set that begins on 1 January 2026; tests replace what they need.</summary>
internal static class DutyWorld
{
    public const string SetCode = "lc";

    public static readonly Area Country = TestAreas.Area("VN", "Việt Nam", AreaLevel.Country, new(1945, 9, 2), null, null);
    public static readonly Area Province = TestAreas.Area("15", "Tỉnh Lào Cai", AreaLevel.Province, new(2025, 7, 1), null, "VN");
    public static readonly Area One = Commune("02001", "Xã Một");
    public static readonly Area Two = Commune("02002", "Xã Hai");
    public static readonly Area Three = Commune("02003", "Xã Ba");

    /// <summary>Ends in mid-March 2026 and goes into <see cref="Two"/>'s neighbour <see cref="Heir"/>.</summary>
    public static readonly Area Ending = Commune("02004", "Xã Cũ") with { To = new(2026, 3, 15) };

    public static readonly Area Heir = Commune("02005", "Xã Kế") with
    {
        From = new(2026, 3, 16),
        Predecessors = [new("02004", null)],
    };

    public static readonly Area Elsewhere = TestAreas.Area(
        "24",
        "Tỉnh Bắc Ninh",
        AreaLevel.Province,
        new(2025, 7, 1),
        null,
        "VN"
    );

    public static readonly Area Foreign = TestAreas.Area("07001", "Xã Ngoài", AreaLevel.Commune, new(2025, 7, 1), null, "24");

    public static readonly Measure Rain = Measure("LC-C01.01");
    public static readonly Measure Wind = Measure("LC-C01.02");
    public static readonly Measure Growth = Measure("LC-A01.02") with { Derived = new(DerivedRule.Yoy, ["LC-A01.01"]) };

    public static readonly Indicator Hourly = Indicator("LC-C01", [Frequency.Hour, Frequency.Day], Rain, Wind);
    public static readonly Indicator Monthly = Indicator("LC-A01", [Frequency.Month], Measure("LC-A01.01"), Growth);

    public static Duty Hours { get; } = new(SetCode, "LC-C01", Frequency.Hour);

    public static Duty Days { get; } = new(SetCode, "LC-C01", Frequency.Day);

    public static Duty Months { get; } = new(SetCode, "LC-A01", Frequency.Month);

    public static IndicatorSet Set(params Indicator[] indicators) =>
        new()
        {
            Code = SetCode,
            Name = "Bộ chỉ số Lào Cai",
            Authority = "UBND tỉnh",
            Decision = "1/QĐ-UBND",
            Date = "2025-12-20",
            Prefix = "LC",
            Level = AreaLevel.Commune,
            Within = "15",
            From = new(2026, 1, 1),
            Regime = [new(new(2026, 1, 1), WindowRule.Calendar, null, null)],
            Groups = [new("A", "Nhóm", indicators)],
        };

    public static CatalogSnapshot CatalogOf(params Indicator[] indicators) => CatalogOf(Set(indicators));

    public static CatalogSnapshot CatalogOf(IndicatorSet set) =>
        new([set], [Country, Province, Elsewhere, One, Two, Three, Ending, Heir, Foreign]);

    public static Indicator Indicator(string code, Frequency[] frequencies, params Measure[] measures) =>
        new()
        {
            Code = code,
            Group = "A",
            Number = "1",
            Name = "Chỉ số " + code,
            Agency = "Sở Một",
            Frequencies = frequencies,
            Measures = measures.Length > 0 ? measures : [Measure(code + ".01")],
        };

    public static Measure Measure(string code) =>
        new()
        {
            Code = code,
            Name = code,
            Kind = MeasureKind.Flow,
            Unit = "Tấn",
            Aggregation = Aggregation.Sum,
        };

    public static ObligationPlan Plan(CatalogSnapshot catalog, DateOnly? since = null) => new(catalog, TestCatalog.Zone, since);

    /// <summary>An instant by the clock of Vietnam.</summary>
    public static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(7));

    public static Emergency Emergency(string from, string until, params Area[] areas) =>
        new(1, "7/CĐ-UBND", [.. areas.Select(area => area.Id)], At(from), At(until), At(from), "trực ban", null);

    private static Area Commune(string code, string name) =>
        TestAreas.Area(code, name, AreaLevel.Commune, new(2025, 7, 1), null, "15");
}
