using KpiMetrics.Core.Alerting;
using KpiMetrics.Tests.Obligations;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Alerting;

public sealed class MorningsTests
{
    [Theory]
    [InlineData("2026-11-20 07:30", "2026-11-20 07:30")]
    [InlineData("2026-11-20 07:29:59", "2026-11-19 07:30")]
    [InlineData("2026-11-22 12:00", "2026-11-20 07:30")] // a Sunday
    [InlineData("2026-11-23 07:00", "2026-11-20 07:30")]
    [InlineData("2026-02-20 12:00", "2026-02-13 07:30")] // Tết
    public void Last_AnyInstant_IsTheLastMorningOfAWorkingDay(string at, string morning) =>
        Assert.Equal(DutyWorld.At(morning), Mornings.Last(DutyWorld.At(at), VietNam.Calendar, TestCatalog.Zone));
}
