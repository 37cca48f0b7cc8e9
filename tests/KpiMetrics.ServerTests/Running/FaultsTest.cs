using KpiMetrics.Faults;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A short round of the fault tests; <c>eng/test.sh --faults</c> runs the long one.</summary>
[Collection(WorkerTests.Name)]
public sealed class FaultsTest
{
    [Fact(Explicit = true)] // random minutes, not yet seen to pass in several whole runs: eng/test.sh --faults 2
    public async Task Faults_OneEveryTenSeconds_LoseNothingAndDoubleNothing()
    {
        ServerProcess.Find("INFLUXD", "/usr/bin/influxd", "influxdb");
        string[] seed = Environment.GetEnvironmentVariable("KPIMETRICS_TEST_SEED") is { Length: > 0 } given
            ? ["--seed", given]
            : [];
        using var said = new StringWriter();

        try
        {
            var losses = await FaultTest.RunAsync(
                ["--minutes", "2", "--every", "10", "--rate", "50", .. seed],
                said,
                TestContext.Current.CancellationToken
            );

            Assert.Empty(losses);
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine(said.ToString());
        }
    }
}
