using System.Globalization;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.Case;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>
/// Quảng Bình in the flood year 2010, hour by hour: rain at three stations, kept from October on, and the level of the river at Lệ Thủy.
/// </summary>
internal sealed class HourlyRain
{
    private const string Level = "h_lethuy_m";

    private readonly List<(DateTime Hour, Dictionary<string, string> Row)> hours =
    [
        .. Read("vn_quangbinh_hourly_2010")
            .Select(row => (DateTime.ParseExact(row["time_local"], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row)),
    ];

    public static IReadOnlyList<string> Stations { get; } = ["kiengiang", "lethuy", "donghoi"];

    /// <summary>The hours of a station with their rain, in order.</summary>
    public IEnumerable<(DateTime Hour, decimal Rain)> RainAt(string station) => Column($"rain_{station}_mm");

    public IEnumerable<(DateTime Hour, decimal Level)> Levels => Column(Level);

    /// <summary>All hours into a set, except some.</summary>
    /// <param name="prefix">That of the set's codes.</param>
    public async Task<Case> TakeAsync(TempFolder folder, string set, string prefix, Func<DateTime, bool>? isMissing = null)
    {
        var ledger = await OpenAsync(folder, set + ".db", $"rain/{set}.yaml");
        var rain =
            from station in Stations
            from hour in RainAt(station)
            where isMissing?.Invoke(hour.Hour) != true
            select (Measure: $"{prefix}-01.01", hour.Hour, Value: hour.Rain, Station: station);
        var levels = Levels.Select(hour => (Measure: $"{prefix}-02.01", hour.Hour, Value: hour.Level, Station: ""));
        await ledger.ReportAsync(
            set,
            new(2011, 1, 2, 0, 0, 0, TimeSpan.FromHours(7)),
            rain.Concat(levels)
                .Select(row =>
                    Row(
                        row.Measure,
                        "VN",
                        $"{row.Hour:yyyy-MM-dd'T'HH}",
                        FormattableString.Invariant($"{row.Value}"),
                        row.Station
                    )
                )
        );
        return ledger;
    }

    private IEnumerable<(DateTime Hour, decimal Value)> Column(string name) =>
        hours.Where(hour => hour.Row[name].Length > 0).Select(hour => (hour.Hour, Number(hour.Row[name])));
}
