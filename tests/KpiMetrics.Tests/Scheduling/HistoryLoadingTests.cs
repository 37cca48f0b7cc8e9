using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.Tests.Scheduling;

public sealed class HistoryLoadingTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public void EndedBy_ItGoesOn_IsWaitedForAQuarterOfAnHour()
    {
        var loading = new HistoryLoading(Began);

        Assert.Null(loading.EndedBy(Began));
        Assert.Null(loading.EndedBy(Began.AddMinutes(15).AddTicks(-1)));
        Assert.Equal("the demo's history takes longer than 15 minutes", loading.EndedBy(Began.AddMinutes(15)));
    }

    [Theory]
    [InlineData("the demo's history is there")]
    [InlineData("the demo's history was given up")]
    public void EndedBy_ItEnded_SaysHow(string how)
    {
        var loading = new HistoryLoading(Began);

        loading.End(how);

        Assert.Equal(how, loading.EndedBy(Began));
        Assert.Equal(how, loading.EndedBy(Began.AddHours(1)));
    }
}
