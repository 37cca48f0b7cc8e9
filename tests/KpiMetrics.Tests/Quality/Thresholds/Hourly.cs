using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Thresholds;

namespace KpiMetrics.Tests.Quality.Thresholds;

/// <summary>Short series from 5 o'clock of 20 November 2026 on, and thresholds for them.</summary>
internal static class Hourly
{
    public static readonly Period First = Period.Parse("2026-11-20T05");

    /// <summary>Báo động I, II, III of a river: 1.2, 2.2, 2.7 m, falling back 0.2 m below.</summary>
    public static readonly Threshold River = new()
    {
        Code = "muc-nuoc",
        Name = "Mực nước sông Kiến Giang",
        Kind = ThresholdKind.Value,
        Unit = "m",
        Margin = 0.2m,
        Levels =
        [
            new("bao-dong-1", "báo động I", 1.2m, ThresholdSeverity.Info),
            new("bao-dong-2", "báo động II", 2.2m, ThresholdSeverity.Warning),
            new("bao-dong-3", "báo động III", 2.7m, ThresholdSeverity.Critical),
        ],
    };

    public static Threshold Rain(int hours, decimal at = 100m, decimal margin = 10m, int readings = 1) =>
        new()
        {
            Code = "mua",
            Name = $"Mưa {hours} giờ",
            Kind = ThresholdKind.Sum,
            Hours = hours,
            Unit = "mm",
            Margin = margin,
            Readings = readings,
            Levels = [new("muc-1", "mưa rất to", at, ThresholdSeverity.Warning)],
        };

    public static Threshold Rise(int hours, decimal at) =>
        River with
        {
            Code = "len-nhanh",
            Name = "Nước sông Kiến Giang lên",
            Kind = ThresholdKind.Rise,
            Hours = hours,
            Margin = at / 2m,
            Levels = [new("muc-1", "lên nhanh", at, ThresholdSeverity.Warning)],
        };

    public static Period Hour(int number) => First.Shift(number);

    /// <summary>From the first hour on; null: nothing came for the hour.</summary>
    public static HourlyReadings Of(params decimal?[] values) =>
        HourlyReadings.Of(
            values
                .Select((value, number) => (value, number))
                .Where(each => each.value is not null)
                .Select(each => new Reading(Hour(each.number), each.value.GetValueOrDefault()))
        );

    /// <summary>A figure with its statements, in the order received; null: withdrawn.</summary>
    public static Figure Stated(int hour, params (DateTimeOffset At, decimal? Value)[] statements)
    {
        var all = statements
            .Select(each => new Statement(
                "dai",
                each.At,
                each.Value is { } value ? FigureValue.Of(value) : FigureValue.None,
                each.Value is null ? ObsStatus.Missing : ObsStatus.Normal,
                Vintage.Official,
                null
            ))
            .ToList();
        return new(Hour(hour), all[^1], all.Count) { Earlier = [.. all.SkipLast(1)] };
    }

    /// <summary>The times one level was up, in numbers of hours: <c>2-5 0-1</c>, <c>7-</c> for one that is up.</summary>
    public static string Spans(ThresholdHistory history, int level = 0) =>
        string.Join(
            ' ',
            history
                .Levels[level]
                .Crossings.Select(crossing => $"{Number(crossing.Since)}-{(crossing.Until is { } end ? Number(end) : "")}")
        );

    /// <summary>What is told, in numbers of hours: <c>Raised bao-dong-1 2</c>.</summary>
    public static IReadOnlyList<string> Told(IEnumerable<Transition> transitions) =>
        [
            .. transitions.Select(transition =>
                $"{transition.Kind} {transition.Level.Code} {Number(transition.Crossing.Since)}-{(transition.Crossing.Until is { } end ? Number(end) : "")}"
            ),
        ];

    private static string Number(Period hour) => (hour.Index - First.Index).ToString(CultureInfo.InvariantCulture);
}
