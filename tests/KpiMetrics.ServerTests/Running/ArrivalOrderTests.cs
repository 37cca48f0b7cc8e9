using KpiMetrics.Faults.Running;

namespace KpiMetrics.ServerTests.Running;

public sealed class ArrivalOrderTests
{
    private static readonly double[] Backlog = [9.5, 12, 14.1];

    [Theory]
    [InlineData(8.9)] // ahead of all
    [InlineData(9.5)] // in the same look as the first
    public void FindFaults_AheadOfTheBacklog_FindsNone(double urgent) => Assert.Empty(ArrivalOrder.FindFaults(Backlog, urgent));

    [Theory]
    [InlineData(9.6)]
    [InlineData(12)]
    [InlineData(20)]
    public void FindFaults_BehindAnyOfTheBacklog_SaysSo(double urgent) =>
        Assert.Contains("9.5, 12, 14.1", Assert.Single(ArrivalOrder.FindFaults(Backlog, urgent)), StringComparison.Ordinal);

    [Theory]
    [InlineData(1.9, 0)]
    [InlineData(2, 0)]
    [InlineData(2.1, 1)] // within two seconds of the first is not enough
    public void FindFaults_AllIsThereAtOnce_CountsFromTheReturn(double urgent, int faults) =>
        Assert.Equal(faults, ArrivalOrder.FindFaults([0.4, 0.6], urgent).Count());

    [Fact]
    public void FindFaults_NewerBeforeOlder_SaysSo() =>
        Assert.Contains("reported first", Assert.Single(ArrivalOrder.FindFaults([3, 2.5, 4], 1)), StringComparison.Ordinal);

    /// <summary>What goes to InfluxDB in one piece goes by several requests at once.</summary>
    [Fact]
    public void FindFaults_NewerATraceBeforeOlder_FindsNone() => Assert.Empty(ArrivalOrder.FindFaults([3, 11.6, 11.5, 16.4], 1));

    /// <summary>Traces do not add up: each is held against all that were reported before it.</summary>
    [Fact]
    public void FindFaults_BackwardsByTraces_SaysSo() => Assert.Single(ArrivalOrder.FindFaults([3, 2.8, 2.6, 2.4, 2.2], 1));
}
