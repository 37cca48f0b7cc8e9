using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>What a level did in one sentence with its figures, for those on duty.</summary>
/// <param name="unit">Of the series; null: the threshold's own.</param>
/// <param name="place">The station or area, as it reads after "tại": <c>Xã Bát Xát</c>.</param>
public sealed class ThresholdVietnamese(Threshold threshold, string? unit, string place)
{
    // Of gauges in metres the millimetre; a mean rise has no end of digits.
    private const int MostPlaces = 3;

    /// <summary>For the series of a measure.</summary>
    public static ThresholdVietnamese For(Measure measure, Threshold threshold, string place) =>
        new(threshold, threshold.Unit ?? measure.Unit, place);

    public string Sentence(Transition transition)
    {
        ArgumentNullException.ThrowIfNull(transition);
        var (level, crossing) = (transition.Level, transition.Crossing);
        var sentence = transition.Kind switch
        {
            TransitionKind.Raised => $"{Figure(crossing.Start)}, {Above(level, crossing.Start.Value)}.",
            TransitionKind.Resolved when crossing.End is { } end =>
                $"{Figure(end)}, đã xuống dưới {Label(level)}; cao nhất {Value(crossing.Peak)} ({Window(crossing.Peak)}), kéo dài từ {Moment(crossing.Since)}.",
            TransitionKind.Withdrawn =>
                $"{Subject} không vượt {Label(level)} từ {Moment(crossing.Since)} như đã báo: số liệu đã được sửa.",
            _ =>
                $"{Subject} đã vượt {Label(level)} từ {Moment(crossing.Since)}{Until(crossing)}, cao nhất {Value(crossing.Peak)} ({Window(crossing.Peak)}); số liệu đến muộn.",
        };
        return sentence.Normalize();
    }

    public string Sentence(LevelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var sentence = state switch
        {
            { Crossing: { } crossing, Now: { } now } =>
                $"{Figure(now)}, {Standing(state.Level, now)} {Label(state.Level)}; đã vượt từ {Moment(crossing.Since)}, cao nhất {Value(crossing.Peak)} ({Window(crossing.Peak)}).",
            { Crossing: { } crossing } =>
                $"{Subject} đã vượt {Label(state.Level)} từ {Moment(crossing.Since)}, cao nhất {Value(crossing.Peak)} ({Window(crossing.Peak)}); chưa có số liệu mới.",
            { Standing: LevelStanding.Below, Now: { } now } => $"{Figure(now)}, dưới {Label(state.Level)}.",
            { Now: { } now } => $"{Figure(now)}, chưa biết có vượt {Label(state.Level)} hay không.",
            _ => $"{Subject} chưa có số liệu, chưa biết có vượt {Label(state.Level)} hay không.",
        };
        return sentence.Normalize();
    }

    private string Subject => $"{threshold.Name} tại {place}";

    private string Figure(Measured measured) =>
        measured.IsComplete
            ? $"{Subject} {Value(measured)} ({Window(measured)})"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Subject} ít nhất {Value(measured)} ({Window(measured)}, thiếu số liệu {measured.Missing}/{threshold.Hours} giờ)"
            );

    private string Above(ThresholdLevel level, decimal value)
    {
        if (value == level.At)
            return $"đạt {Label(level)}";
        return threshold.Kind == ThresholdKind.Value ? $"trên {Label(level)} {Amount(value - level.At)}" : $"vượt {Label(level)}";
    }

    private static string Standing(ThresholdLevel level, Measured now) =>
        now.Value >= level.At ? "đang vượt"
        : now.IsComplete ? "chưa xuống hẳn dưới"
        : "chưa rõ đã xuống dưới";

    // An alert level is called by its name, an amount of rain by itself.
    private string Label(ThresholdLevel level) =>
        threshold.Kind == ThresholdKind.Value
            ? $"{level.Name} ({Amount(level.At)})"
            : $"ngưỡng {Amount(level.At)} ({level.Name})";

    private string Value(Measured measured) => Amount(measured.Value);

    private string Amount(decimal value)
    {
        var shown = decimal.Round(value, MostPlaces, MidpointRounding.AwayFromZero);
        var places = MostPlaces;
        while (places > 0 && decimal.Round(shown, places - 1) == shown)
            places--;
        var text = VietnameseNumber.WithUnit(VietnameseNumber.Text(shown, places), unit);
        return threshold.Kind == ThresholdKind.Rise ? text + "/giờ" : text;
    }

    /// <summary><c>05-11h 20/11</c>, <c>20h 19/11 - 02h 20/11</c>; of a single reading <c>15h 04/10</c>.</summary>
    private string Window(Measured measured)
    {
        var (hour, before) = (measured.Hour, threshold.HoursBefore);
        if (threshold.Kind == ThresholdKind.Value)
            return Moment(hour);
        var start = hour.Start.AddHours(-before);
        var end = threshold.Kind == ThresholdKind.Sum ? hour.End : hour.Start;
        return DayOf(start) == DayOf(end.AddTicks(-1))
            ? $"{HourText(start)}-{EndText(end)}"
            : $"{HourText(start)}h {DayText(start)} - {EndText(end)}";
    }

    // A sum stands when its window is over, a reading when its hour begins.
    private string Moment(Period hour) =>
        threshold.Kind == ThresholdKind.Sum ? EndText(hour.End) : $"{HourText(hour.Start)}h {DayText(hour.Start)}";

    private string Until(Crossing crossing) => crossing.Until is { } end ? $" đến {Moment(end)}" : "";

    // Midnight is the end of a day where something ends.
    private static string EndText(DateTime end) =>
        end.Hour == 0 ? $"24h {DayText(end.AddTicks(-1))}" : $"{HourText(end)}h {DayText(end)}";

    private static DateOnly DayOf(DateTime moment) => DateOnly.FromDateTime(moment);

    private static string HourText(DateTime moment) => moment.ToString("HH", CultureInfo.InvariantCulture);

    private static string DayText(DateTime moment) => moment.ToString("dd'/'MM", CultureInfo.InvariantCulture);
}
