using System.Globalization;
using System.Text;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>What InfluxQL returns is what the export says, point by point and field by field.</summary>
[Collection(WorkerTests.Name)]
public sealed class ReadBackTest
{
    private const string Header = "indicator,measure,area,period,value:en,status\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_RealFiguresAndThreeYearsOfMonths_IsReadBackAsExported()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        await using var worker = await installation.RunUntilUpAsync();

        await installation.DoAsync("import", Seeds.Forms, "--set", "cchc", "--source", "forms");
        await installation.DoAsync("import", Seeds.Narrative, "--set", "cchc", "--source", "narrative");
        await installation.DoAsync("import", installation.Write("years.csv", ThreeYears()), "--set", TestSet.Code);
        await installation.AllPublishedAsync(worker);

        var first = await ExportAsync(installation);
        AssertAllDerivationsOccur(first);
        await BoardPoints.EqualAsync(influx, first, Token);

        await installation.DoAsync("import", installation.Write("corrections.csv", Corrections), "--set", TestSet.Code);
        await installation.AllPublishedAsync(worker);

        var second = await ExportAsync(installation);
        AssertCorrectionsReachedWhatDependsOnThem(first, second);
        await BoardPoints.EqualAsync(influx, second, Token);

        await installation.DoAsync("import", installation.Write("again.csv", StatedAgain), "--set", TestSet.Code);
        await installation.AllPublishedAsync(worker);

        var third = await ExportAsync(installation);
        Assert.Equal(first.Count(IsReported), third.Count(IsReported) + 1); // one of the two withdrawn stays so
        await BoardPoints.EqualAsync(influx, third, Token);
        Assert.Equal(0, await worker.TerminateAsync(TimeSpan.FromSeconds(10), Token));
    }

    private static async Task<List<ExportedFigure>> ExportAsync(Installation installation) =>
        [.. await installation.ExportAsync("cchc"), .. await installation.ExportAsync(TestSet.Code)];

    /// <summary>Three years of flow, stock, ratio and index in two communes, of which the second has gaps, and a bulletin.</summary>
    private static string ThreeYears()
    {
        var text = new StringBuilder(Header);
        foreach (var measure in TestSet.FirstMeasures)
        {
            foreach (var (month, at) in TestSet.Months.Select((month, at) => (month, at)))
            {
                text.Append(CultureInfo.InvariantCulture, $"TN-A01,{measure},97001,{month},{100 + (at * at % 17)}.{at % 10},\n");
                if (at % 5 != 3)
                    text.Append(CultureInfo.InvariantCulture, $"TN-A01,{measure},97002,{month},{(at % 7) - 2},\n");
            }
        }
        text.Append("TN-A02,TN-A02.03,97001,2024-12,\"Mưa to, \"\"cấp 3\"\" \\ lũ\",\n");
        return text.ToString();
    }

    private static readonly string Corrections =
        Header
        + """
            TN-A01,TN-A01.01,97001,2022-03,7.25,
            TN-A01,TN-A01.01,97001,2023-02,,M
            TN-A01,TN-A01.02,97001,2024-01,0,
            TN-A01,TN-A01.03,97002,2024-12,,M
            TN-A01,TN-A01.04,97001,2023-06,333.333,

            """;

    private static readonly string StatedAgain = Header + "TN-A01,TN-A01.01,97001,2023-02,1000000000000.5,\n";

    private static void AssertAllDerivationsOccur(List<ExportedFigure> figures)
    {
        foreach (var field in new[] { "pop", "yoy", "ytd", "ytd_yoy" })
        {
            Assert.Contains(figures, figure => figure[field].Length > 0);
            Assert.Contains(figures, figure => figure[field].Length == 0);
        }
        Assert.Contains(figures, figure => figure["ytd"].Length > 0 && figure["ytd_have"] != figure["ytd_need"]);
        Assert.Contains(figures, figure => figure["set"] == "cchc" && figure["ytd"].Length > 0);
        // An index is not compared with one of another base year, nor anything with a base of zero.
        var rebased = Assert.Single(figures, Is("TN-A01.04", "97001", "2024-01"));
        Assert.Equal(("", ""), (rebased["pop"], rebased["yoy"]));
        Assert.Equal("", Assert.Single(figures, Is("TN-A01.01", "97002", "2022-11"))["pop"]);
        Assert.Contains(figures, figure => figure["value"] == "Mưa to, \"cấp 3\" \\ lũ");
    }

    private static void AssertCorrectionsReachedWhatDependsOnThem(List<ExportedFigure> before, List<ExportedFigure> after)
    {
        Assert.Equal(before.Count(IsReported) - 2, after.Count(IsReported));
        Assert.DoesNotContain(after, Is("TN-A01.01", "97001", "2023-02").Invoke);
        AssertLost("pop", Is("TN-A01.01", "97001", "2023-03"));
        AssertLost("yoy", Is("TN-A01.01", "97001", "2024-02"));
        AssertLost("pop", Is("TN-A01.02", "97001", "2024-02")); // compared with zero
        var december = Assert.Single(after, Is("TN-A01.01", "97001", "2023-12"));
        Assert.Equal(("11", "12"), (december["ytd_have"], december["ytd_need"]));

        void AssertLost(string field, Predicate<ExportedFigure> which)
        {
            Assert.NotEqual("", Assert.Single(before, which)[field]);
            Assert.Equal("", Assert.Single(after, which)[field]);
        }
    }

    private static bool IsReported(ExportedFigure figure) => figure.IsReported;

    private static Predicate<ExportedFigure> Is(string measure, string area, string period) =>
        figure => figure["measure"] == measure && figure["area"] == area && figure["period"] == period;
}
