using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Rain by the hour, added up from the hours that are exported.</summary>
internal static class RainOracle
{
    private const string Set = "lao-cai";

    public static async Task TableAsync(Sight sight, BoardValues values)
    {
        var at = Sight.Now;
        var table = await sight.TableAsync(values);
        var hours = await HoursAsync(sight);
        var since = Order(values);
        sight.Same(
            (await EmergencyOracles.ConcernedAsync(sight)).Select(commune =>
                new object?[]
                {
                    commune.FullName,
                    Sum(hours[commune.Id], at.AddHours(-2)),
                    Sum(hours[commune.Id], at.AddHours(-7)),
                    Sum(hours[commune.Id], at.AddHours(-13)),
                    Sum(hours[commune.Id], at.AddHours(-25)),
                    Sum(hours[commune.Id], since),
                }
            ),
            table,
            "Xã, phường",
            "1 giờ",
            "6 giờ",
            "12 giờ",
            "24 giờ",
            "Từ khi có lệnh"
        );
    }

    /// <summary>With the threshold as the board opens, at nothing, at the most that fell anywhere, and above it.</summary>
    public static async Task ExceededAsync(Sight sight, BoardValues values, int length)
    {
        var title = string.Create(CultureInfo.InvariantCulture, $"Mưa {length} giờ (mm)");
        var variable = string.Create(CultureInfo.InvariantCulture, $"mua_{length}");
        var opens = double.Parse(values[variable][0], CultureInfo.InvariantCulture);
        Assert.Equal(LowestOf(sight, length), opens);
        var hours = await HoursAsync(sight);
        var sums = Fallen(sight, hours, Sight.Now.AddHours(-length - 1));
        var most = sums.Max(one => one.Sum) ?? 0;
        Assert.True(most >= opens, $"no commune reaches the threshold of {opens} mm");
        foreach (var threshold in new[] { opens, 0, most, most + 1 })
        {
            var chosen = values.With(variable, threshold.ToString("R", CultureInfo.InvariantCulture));
            var from = Sight.Now.AddHours(-length - 1);
            var shown = await sight.TableAsync(chosen);
            var expected = Fallen(sight, hours, from).Where(one => one.Sum >= threshold).ToList();
            if (expected.Count == 0)
            {
                Assert.Empty(shown.Rows);
                continue;
            }
            sight.SameInOrder(
                expected.Select(one => new object?[] { one.Commune.FullName, one.Sum }),
                shown,
                row => -(double)row[title]!,
                "Xã, phường",
                title
            );
        }
    }

    public static async Task HourlyAsync(Sight sight, BoardValues values)
    {
        var hours = await HoursAsync(sight);
        sight.Same(
            sight
                .Decisions.Communes(Set)
                .SelectMany(commune =>
                    hours[commune.Id]
                        .Where(hour => hour.IsReported)
                        .Select(hour => (At: Opens(hour), Value: ExportedFigures.Number(hour, "value")))
                        .Where(hour => hour.At >= values.From && hour.At <= values.To)
                        .Select(hour => new object?[] { hour.At, commune.FullName, hour.Value })
                ),
            await sight.TableAsync(values),
            "time",
            "metric",
            "value"
        );
    }

    // As the set's file has it.
    private static double LowestOf(Sight sight, int length) =>
        (double)sight.Decisions.Measure(Set, "LC-C01.01").Measure.Thresholds.Single(one => one.Hours == length).Levels[0].At;

    private static IReadOnlyList<(Area Commune, double? Sum)> Fallen(
        Sight sight,
        ILookup<string, ExportedFigure> hours,
        DateTimeOffset from
    ) =>
        [
            .. sight
                .Decisions.Communes(Set)
                .Select(commune => (commune, Sum(hours[commune.Id], from)))
                .Where(one => one.Item2 is not null),
        ];

    /// <summary>The hours with rain by identity of their commune.</summary>
    public static async Task<ILookup<string, ExportedFigure>> HoursAsync(Sight sight) =>
        (await sight.Roads.FiguresAsync(Set))
            .All.Where(figure => figure["measure"] == "LC-C01.01" && figure["subject"] == "luong-mua" && figure["freq"] == "H")
            .Where(ExportedFigures.IsNumber)
            .ToLookup(figure => figure["area_id"]);

    private static double? Sum(IEnumerable<ExportedFigure> hours, DateTimeOffset from)
    {
        // In the order of time, as InfluxDB adds them up: to the last digit the same.
        var of = hours.Where(hour => Opens(hour) >= from).OrderBy(Opens).ToList();
        return of.Count == 0 ? null : of.Sum(hour => ExportedFigures.Number(hour, "value") ?? 0);
    }

    public static DateTimeOffset Opens(ExportedFigure hour) =>
        new(DateTime.ParseExact(hour["period"], "yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture), TimeSpan.FromHours(7));

    private static DateTimeOffset Order(BoardValues values) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(values["tu"][0], CultureInfo.InvariantCulture));
}
