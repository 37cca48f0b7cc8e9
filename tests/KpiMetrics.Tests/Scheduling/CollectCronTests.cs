using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Commands;
using KpiMetrics.Worker.Composition;
using KpiMetrics.Worker.Scheduling;
using Quartz;

namespace KpiMetrics.Tests.Scheduling;

public sealed class CollectCronTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly List<(string Set, string Indicator, Frequency Frequency)> Jobs =
    [
        .. from set in Engine.ReadCatalog(new("", [], EngineSettings.Configure([]))).Sets
        from indicator in set.Indicators
        from frequency in indicator.Frequencies
        select (set.Code, indicator.Code, frequency),
    ];

    /// <summary>These strings must never change: a restart would move every job.</summary>
    [Theory]
    [InlineData("lao-cai", "LC-C01", Frequency.Hour, "35 * * * * ?")]
    [InlineData("lao-cai", "LC-C01", Frequency.Day, "39 12/15 * * * ?")]
    [InlineData("lao-cai", "LC-A01", Frequency.Month, "6 52 * * * ?")]
    [InlineData("cchc", "CC-F101", Frequency.Year, "18 54 * * * ?")]
    public void For_AnIndicator_IsTheSameForEver(string set, string indicator, Frequency frequency, string cron) =>
        Assert.Equal(cron, CollectCron.For(set, indicator, frequency, Nothing));

    [Fact]
    public void For_AFrequencyThatIsConfigured_IsWhatIsConfigured()
    {
        var configured = new Dictionary<string, string> { ["M"] = "0 30 9 6 * ?" };

        Assert.Equal("0 30 9 6 * ?", CollectCron.For("cchc", "CC-F101", Frequency.Month, configured));
        Assert.NotEqual("0 30 9 6 * ?", CollectCron.For("cchc", "CC-F101", Frequency.Year, configured));
    }

    [Fact]
    public void For_AllRealJobs_AreSpreadOverTheMinuteAndTheHour()
    {
        Assert.InRange(Jobs.Count, 200, 1000);
        var fields = Jobs.Select(job => CollectCron.For(job.Set, job.Indicator, job.Frequency, Nothing).Split(' ')).ToList();

        // Evenly spread there would be four jobs a second.
        Assert.InRange(fields.GroupBy(field => field[0]).Max(second => second.Count()), 1, 14);
        Assert.InRange(fields.Select(field => field[0]).Distinct().Count(), 50, 60);
        Assert.InRange(fields.GroupBy(field => (field[0], field[1])).Max(moment => moment.Count()), 1, 5);
        var hourly = fields.Where(field => !field[1].Contains('/')).ToList();
        Assert.InRange(hourly.Select(field => field[1]).Distinct().Count(), 40, 60);
    }

    [Fact]
    public void For_AllRealJobs_ComesOftenEnoughForItsFrequency()
    {
        foreach (var (set, indicator, frequency) in Jobs)
        {
            var cron = CronExpression.Parse(CollectCron.For(set, indicator, frequency, Nothing));
            var first = cron.GetNextValidTimeAfter(Cli.Now);
            Assert.NotNull(first);
            var second = cron.GetNextValidTimeAfter(first.Value);
            var minutes = frequency switch
            {
                Frequency.Hour => 1,
                Frequency.Day => 15,
                _ => 60,
            };
            Assert.InRange(first.Value - Cli.Now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(minutes));
            Assert.Equal(TimeSpan.FromMinutes(minutes), second - first);
        }
    }

    [Fact]
    public void Faults_ExpressionThatIsOver_IsNamed()
    {
        var configured = new Dictionary<string, string> { ["M"] = "0 30 9 6 * ?", ["A"] = "0 0 0 1 1 ? 2026" };

        Assert.Equal(
            ["Schedule:Cron:A is '0 0 0 1 1 ? 2026', which never comes again."],
            CollectCron.Faults(configured, Cli.Now)
        );
        Assert.Empty(CollectCron.Faults(configured, Cli.Now.AddYears(-1)));
    }
}
