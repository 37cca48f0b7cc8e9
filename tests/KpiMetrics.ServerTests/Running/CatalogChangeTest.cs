using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>What is computed follows from figures and catalog: a new version of a set changes points though no figure changed.</summary>
[Collection(WorkerTests.Name)]
public sealed class CatalogChangeTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_SetIsAnotherVersion_PointsAreThoseOfTheNewOne()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        var office = new Reporter(new Random(3), TestSet.FirstMeasures, TestSet.Communes.Take(3));
        await installation.DoAsync(
            "import",
            installation.Write("1.csv", office.Next("1.csv", 300, 0).Text),
            "--set",
            TestSet.Code
        );
        await RunUntilPublishedAsync(installation);
        var before = await installation.ExportAsync(TestSet.Code);
        await BoardPoints.EqualAsync(influx, before, Token);

        // The amount is a state: it no longer adds up over the year.
        installation.ChangeSet(set => set.Replace("unit: Tấn, kind: flow", "unit: Tấn, kind: stock", StringComparison.Ordinal));
        var said = await RunUntilPublishedAsync(installation);

        var after = await installation.ExportAsync(TestSet.Code);
        Assert.Contains(before, figure => figure["ytd"].Length > 0);
        Assert.DoesNotContain(after, figure => figure["ytd"].Length > 0);
        await BoardPoints.EqualAsync(influx, after, Token);
        Assert.Contains("figures are published again", said, StringComparison.Ordinal);

        // Nothing is computed from events.
        installation.ChangeSet(set =>
            set.Replace(
                "\ngroups:",
                "\nevents:\n  - {name: Bão số 4, from: 2022-09-27, to: 2022-09-29, areas: [\"97\"]}\ngroups:",
                StringComparison.Ordinal
            )
        );
        Assert.DoesNotContain("published again", await RunUntilPublishedAsync(installation), StringComparison.Ordinal);
    }

    private static async Task<string> RunUntilPublishedAsync(Installation installation)
    {
        await using var worker = await installation.RunUntilUpAsync();
        await installation.AllPublishedAsync(worker);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
        return worker.Said;
    }
}
