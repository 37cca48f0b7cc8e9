using KpiMetrics.Faults;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A short round of the fault tests; <c>eng/test.sh --faults</c> runs the long one.</summary>
[Collection(WorkerTests.Name)]
public sealed class FaultsTest
{
    [Theory]
    [InlineData("sqlite", "1")]
    [InlineData("postgres", "2")]
    public async Task Faults_OneEveryTenSeconds_LoseNothingAndDoubleNothing(string ledger, string workers)
    {
        ServerProcess.Find("INFLUXD", "/usr/bin/influxd", "influxdb");
        string[] seed = Environment.GetEnvironmentVariable("KPIMETRICS_TEST_SEED") is { Length: > 0 } given
            ? ["--seed", given]
            : [];
        using var said = new StringWriter();

        try
        {
            var losses = await FaultTest.RunAsync(
                ["--ledger", ledger, "--workers", workers, "--minutes", "1", "--every", "10", "--rate", "50", .. seed],
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
