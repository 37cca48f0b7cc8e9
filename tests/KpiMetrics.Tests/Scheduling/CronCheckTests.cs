using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Scheduling;
using KpiMetrics.Worker.Scheduling.Changes;

namespace KpiMetrics.Tests.Scheduling;

public sealed class CronCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    [Theory]
    [InlineData("0 30 9 6 * ?")]
    [InlineData("35 * * * * ?")]
    [InlineData("0/10 * * * * ?")]
    [InlineData("0 0 0 29 2 ?")]
    [InlineData("0 0 9 L * ?")]
    [InlineData("0 0 9 ? * MON-FRI")]
    public void Fault_AUsefulExpression_IsNone(string cron) => Assert.Null(CronCheck.Fault(cron, Now));

    [Theory]
    [InlineData("", "invalid-cron")]
    [InlineData("hourly", "invalid-cron")]
    [InlineData("0 9 * * *", "invalid-cron")]
    [InlineData("0 61 9 * * ?", "invalid-cron")]
    [InlineData("0 0 9 30 2 ?", "cron-never-fires")]
    [InlineData("0 0 9 * * ? 2025", "cron-never-fires")]
    [InlineData("0 0 14 20 11 ? 2026", "cron-never-fires")]
    [InlineData("* * * * * ?", "cron-too-often")]
    [InlineData("0/9 * * * * ?", "cron-too-often")]
    [InlineData("0,5 0 9 1 1 ?", "cron-too-often")]
    [InlineData("0,55 59,0 * * * ?", "cron-too-often")]
    public void Fault_AnExpressionThatCannotBeMeant_IsRefused(string cron, string code) =>
        Assert.Equal(code, CronCheck.Fault(cron, Now)?.Code);

    [Theory]
    [InlineData("0 0 * * * ?", Frequency.Hour, false)]
    [InlineData("0 0 0/2 * * ?", Frequency.Hour, true)]
    [InlineData("0 0 6-22 * * ?", Frequency.Hour, true)]
    [InlineData("0 0 9 * * ?", Frequency.Day, false)]
    [InlineData("0 0 9 ? * MON-FRI", Frequency.Day, true)]
    [InlineData("0 0 9 ? * MON-FRI", Frequency.Week, false)]
    [InlineData("0 0 9 1,15 * ?", Frequency.Week, true)]
    [InlineData("0 30 9 6 * ?", Frequency.Month, false)]
    [InlineData("0 30 9 31 * ?", Frequency.Month, true)]
    [InlineData("0 30 9 6 1/3 ?", Frequency.Quarter, false)]
    [InlineData("0 30 9 6 1/6 ?", Frequency.Quarter, true)]
    [InlineData("0 30 9 6 1/6 ?", Frequency.HalfYear, false)]
    [InlineData("0 30 9 6 1 ?", Frequency.Year, false)]
    [InlineData("0 30 9 6 12 ? 2026", Frequency.Year, true)]
    [InlineData("0 0 0 29 2 ?", Frequency.Year, true)]
    public void Warnings_LessOftenThanTheFigureIsDue_IsSaid(string cron, Frequency frequency, bool isSlower)
    {
        var duty = new Duty("test", "T-01", frequency);

        var warnings = CronCheck.Warnings(duty, cron, Now, (_, _) => null);

        Assert.Equal(isSlower ? ["slower-than-mandate"] : [], warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void Warnings_AGap_IsTheLongest()
    {
        var warnings = CronCheck.Warnings(new("test", "T-01", Frequency.Day), "0 0 9 ? * MON,WED", Now, (_, _) => null);

        Assert.Equal(
            "test/T-01/D: nothing is looked for between 2026-11-25 09:00:00 and 2026-11-30 09:00:00; "
                + "a daily figure must be looked for at least every day.",
            Assert.Single(warnings).Message
        );
    }

    [Theory]
    [InlineData("0 30 9 6 * ?", "2026-11 at 2026-12-06 09:30:00, due 2026-12-05 17:00:00")]
    [InlineData("0 30 9 5 * ?", null)]
    public void Warnings_FirstLookAfterTheDueInstant_IsSaid(string cron, string? example)
    {
        var warnings = CronCheck.Warnings(new("test", "T-01", Frequency.Month), cron, Now, DueOnTheFifth).ToList();

        if (example is null)
            Assert.Empty(warnings);
        else
        {
            Assert.Equal("fires-after-due", Assert.Single(warnings).Code);
            Assert.Contains(example, warnings[0].Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Fires_Twenty_AreByTheClockOfVietnam()
    {
        var fires = CronCheck.Fires("0 30 9 6 * ?", Now);

        Assert.Equal(20, fires.Count);
        Assert.Equal(new DateTimeOffset(2026, 12, 6, 9, 30, 0, TimeSpan.FromHours(7)), fires[0]);
        Assert.All(fires, fire => Assert.Equal((9, TimeSpan.FromHours(7)), (fire.Hour, fire.Offset)));
        Assert.Equal(3, CronCheck.Fires("0 0 6 29-31 12 ? 2026", Now).Count);
    }

    private static DueSpan? DueOnTheFifth(Duty duty, Period period)
    {
        var end = new DateTimeOffset(period.End, TimeSpan.FromHours(7));
        return new(end, end.AddDays(4).AddHours(17));
    }
}
