using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Thresholds;
using static KpiMetrics.Tests.Quality.Thresholds.Hourly;

namespace KpiMetrics.Tests.Quality.Thresholds;

/// <summary>The sentences, word by word: they reach those on duty at night.</summary>
public sealed class ThresholdVietnameseTests
{
    private const string Commune = "Xã Bát Xát";

    /// <summary>The window of hours 5 to 10 ends at 11 o'clock.</summary>
    [Fact]
    public void Raised_Rain_SaysHowMuchWhenAndAboveWhat() =>
        Assert.Equal(
            "Mưa 6 giờ tại Xã Bát Xát 132 mm (05-11h 20/11), vượt ngưỡng 100 mm (mưa rất to).",
            Rain(Of(), Of(10m, 12m, 15m, 20m, 30m, 45.0m))
        );

    [Fact]
    public void Raised_RainWithHoursMissing_SaysAtLeast() =>
        Assert.Equal(
            "Mưa 6 giờ tại Xã Bát Xát ít nhất 117,5 mm (05-11h 20/11, thiếu số liệu 2/6 giờ), vượt ngưỡng 100 mm (mưa rất to).",
            Rain(Of(), Of(10.5m, 12m, null, null, 50m, 45m))
        );

    [Fact]
    public void Raised_ExactlyAtTheLevel_SaysReached() =>
        Assert.Equal(
            "Mưa 1 giờ tại Xã Bát Xát 100 mm (05-06h 20/11), đạt ngưỡng 100 mm (mưa rất to).",
            Sentence(Hourly.Rain(1), Of(), Of(100.0m))
        );

    [Fact]
    public void Raised_OverMidnight_NamesBothDays() =>
        Assert.Equal(
            "Mưa 6 giờ tại Xã Bát Xát ít nhất 120 mm (20h 20/11 - 02h 21/11, thiếu số liệu 5/6 giờ), vượt ngưỡng 100 mm (mưa rất to).",
            Sentence(Hourly.Rain(6), Of(), HourlyReadings.Of([new(Hour(20), 120m)]))
        );

    [Fact]
    public void Raised_UntilMidnight_IsWithinTheDay() =>
        Assert.Equal(
            "Mưa 24 giờ tại Xã Bát Xát ít nhất 120 mm (00-24h 20/11, thiếu số liệu 23/24 giờ), vượt ngưỡng 100 mm (mưa rất to).",
            Sentence(Hourly.Rain(24), Of(), HourlyReadings.Of([new(Hour(18), 120m)]))
        );

    [Fact]
    public void Raised_ARiver_IsMeasuredFromItsAlertLevel() =>
        Assert.Equal(
            [
                "Mực nước sông Kiến Giang tại Lệ Thủy 2,23 m (05h 20/11), trên báo động I (1,2 m) 1,03 m.",
                "Mực nước sông Kiến Giang tại Lệ Thủy 2,23 m (05h 20/11), trên báo động II (2,2 m) 0,03 m.",
            ],
            River(Of(), Of(2.23m))
        );

    [Fact]
    public void Raised_ARise_IsPerHour() =>
        Assert.Equal(
            "Nước sông Kiến Giang lên tại Xã Bát Xát 0,217 m/giờ (05-08h 20/11), vượt ngưỡng 0,2 m/giờ (lên nhanh).",
            Sentence(Rise(3, 0.2m), Of(), Of(1m, 1.1m, 1.2m, 1.65m))
        );

    [Fact]
    public void Resolved_Rain_SaysItsPeakAndSinceWhen() =>
        Assert.Equal(
            "Mưa 6 giờ tại Xã Bát Xát 75 mm (09-15h 20/11), đã xuống dưới ngưỡng 100 mm (mưa rất to); cao nhất 132 mm (05-11h 20/11), kéo dài từ 11h 20/11.",
            Rain(Of(10m, 12m, 15m, 20m, 30m, 45m), Of(10m, 12m, 15m, 20m, 30m, 45m, 0m, 0m, 0m, 0m))
        );

    [Fact]
    public void Withdrawn_ACorrectedFigure_SaysSo() =>
        Assert.Equal(
            ["Mực nước sông Kiến Giang tại Lệ Thủy không vượt báo động I (1,2 m) từ 05h 20/11 như đã báo: số liệu đã được sửa."],
            River(Of(1.5m), Of(0.15m))
        );

    [Fact]
    public void Missed_AFloodThatIsOver_SaysFromWhenToWhen() =>
        Assert.Equal(
            [
                "Mực nước sông Kiến Giang tại Lệ Thủy đã vượt báo động I (1,2 m) từ 05h 20/11 đến 07h 20/11, cao nhất 1,9 m (06h 20/11); số liệu đến muộn.",
            ],
            River(Of(null, null, 0.9m), Of(1.5m, 1.9m, 0.9m))
        );

    [Fact]
    public void State_OfEachStanding_SaysWhatIsKnown()
    {
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Lệ Thủy 1,5 m (06h 20/11), đang vượt báo động I (1,2 m); đã vượt từ 05h 20/11, cao nhất 1,9 m (05h 20/11).",
            State(1, 1.9m, 1.5m)
        );
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Lệ Thủy 1,1 m (06h 20/11), chưa xuống hẳn dưới báo động I (1,2 m); đã vượt từ 05h 20/11, cao nhất 1,9 m (05h 20/11).",
            State(1, 1.9m, 1.1m)
        );
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Lệ Thủy đã vượt báo động I (1,2 m) từ 05h 20/11, cao nhất 1,9 m (05h 20/11); chưa có số liệu mới.",
            State(2, 1.9m)
        );
        Assert.Equal("Mực nước sông Kiến Giang tại Lệ Thủy 0,9 m (05h 20/11), dưới báo động I (1,2 m).", State(0, 0.9m));
        Assert.Equal(
            "Mực nước sông Kiến Giang tại Lệ Thủy chưa có số liệu, chưa biết có vượt báo động I (1,2 m) hay không.",
            State(1, 0.9m)
        );
    }

    [Fact]
    public void State_RainWithHoursMissing_IsNotCalledBelow()
    {
        var (rain, said) = (Hourly.Rain(3), new ThresholdVietnamese(Hourly.Rain(3), "mm", Commune));

        Assert.Equal(
            "Mưa 3 giờ tại Xã Bát Xát ít nhất 90 mm (05-08h 20/11, thiếu số liệu 1/3 giờ), chưa biết có vượt ngưỡng 100 mm (mưa rất to) hay không.",
            said.Sentence(ThresholdReplay.StateAt(rain, Of(50m, null, 40m), Hour(2))[0])
        );
        Assert.Equal(
            "Mưa 3 giờ tại Xã Bát Xát ít nhất 40 mm (07-10h 20/11, thiếu số liệu 2/3 giờ), chưa rõ đã xuống dưới ngưỡng 100 mm (mưa rất to); đã vượt từ 07h 20/11, cao nhất 150 mm (05-08h 20/11).",
            said.Sentence(ThresholdReplay.StateAt(rain, Of(60m, 50m, 40m), Hour(4))[0])
        );
    }

    private static string State(int hour, params decimal?[] values) =>
        new ThresholdVietnamese(Hourly.River, "m", "Lệ Thủy").Sentence(
            ThresholdReplay.StateAt(Hourly.River, Of(values), Hour(hour))[0]
        );

    private static string Rain(HourlyReadings before, HourlyReadings after) => Sentence(Hourly.Rain(6), before, after);

    private static IEnumerable<string> River(HourlyReadings before, HourlyReadings after) =>
        Sentences(new(Hourly.River, "m", "Lệ Thủy"), Hourly.River, before, after);

    private static string Sentence(Threshold threshold, HourlyReadings before, HourlyReadings after) =>
        Assert.Single(Sentences(new(threshold, threshold.Unit, Commune), threshold, before, after));

    private static IEnumerable<string> Sentences(
        ThresholdVietnamese said,
        Threshold threshold,
        HourlyReadings before,
        HourlyReadings after
    ) =>
        ThresholdTransitions
            .Between(ThresholdReplay.Of(threshold, before), ThresholdReplay.Of(threshold, after))
            .Select(transition =>
            {
                var sentence = said.Sentence(transition);
                Assert.True(sentence.IsNormalized());
                return sentence;
            });
}
