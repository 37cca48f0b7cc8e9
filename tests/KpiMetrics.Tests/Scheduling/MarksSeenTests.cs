using KpiMetrics.Worker.Scheduling;

namespace KpiMetrics.Tests.Scheduling;

public sealed class MarksSeenTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public void Add_InOrder_NamesEachSetOnceAndMissesNothing()
    {
        var seen = new MarksSeen(7);

        Assert.Equal(["a", "b"], seen.Add([new(8, "a"), new(9, null), new(10, "b"), new(11, "a")], Noon).Order());

        Assert.Equal(11L, seen.Last);
        Assert.Empty(seen.Missing);
        Assert.Empty(seen.Add([], Noon));
    }

    [Fact]
    public void Add_ALongReportEndsAfterShorterOnes_IsWaitedForAndSeen()
    {
        var seen = new MarksSeen(7);

        Assert.Empty(seen.Add([new(9, null), new(11, null)], Noon));
        Assert.Equal([8L, 10L], seen.Missing);
        Assert.Equal(["a"], seen.Add([new(10, "a"), new(12, null)], Noon.AddMinutes(30)));

        Assert.Equal(12L, seen.Last);
        Assert.Equal([8L], seen.Missing);
    }

    [Fact]
    public void Add_ANumberNeverComes_IsWaitedForAnHour()
    {
        var seen = new MarksSeen(7);
        seen.Add([new(9, null)], Noon);

        seen.Add([], Noon.AddHours(1).AddTicks(-1));
        Assert.Equal([8L], seen.Missing);
        seen.Add([], Noon.AddHours(1));

        Assert.Empty(seen.Missing);
    }

    [Fact]
    public void Add_ManyArePassedOver_WaitsForTheNewest()
    {
        var seen = new MarksSeen(0);

        seen.Add([new(3, null), new(1_000_000, null)], Noon);

        Assert.Equal(MarksSeen.MostMissing, seen.Missing.Count);
        Assert.Equal(1_000_000L - MarksSeen.MostMissing, seen.Missing.Min());
        Assert.Equal(999_999L, seen.Missing.Max());
    }
}
