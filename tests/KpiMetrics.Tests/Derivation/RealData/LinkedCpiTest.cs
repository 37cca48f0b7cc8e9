using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>
/// Consumer prices as a whole with a link over the change of base in August 2020, taken from the one change over it that is needed to
/// know it (August against July 2020): what follows from it against what the office published of the months after.
/// </summary>
public sealed class LinkedCpiTest : IDisposable
{
    private const string Index = "CL-01.01";
    private const decimal Tolerance = 0.02m;

    private static readonly Period NewBase = Period.Parse("2020-08");

    private readonly TempFolder folder = new();
    private readonly PublishedCpi published = PublishedCpi.Read();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Comparisons_OverTheLink_AgreeWithThePublishedOnes()
    {
        var rows = await DeriveAsync();
        var found = new Dictionary<string, int>();
        foreach (var row in rows.Where(row => row.Series.Frequency == Frequency.Month))
        {
            var (figure, period) = (row.Derived, row.Derived.Figure.Period);
            if (period < NewBase)
                continue;
            if (row.Series.Measure != Index)
                Check("vs_dec", figure.Figure.Current.Value.Number, period.Year == 2020);
            else
            {
                Check("mom", figure.Pop.Value, period == NewBase);
                Check("yoy", figure.Yoy.Value, period < Period.Parse("2021-08"));
                Check("ytd_avg_yoy", figure.YtdYoy.Value, true);
            }

            void Check(string column, decimal? ours, bool isOverTheLink)
            {
                if (!isOverTheLink || published.Find("cpi", period, column) is not { } theirs)
                    return;
                Assert.InRange(100m + ours ?? 0m, theirs - Tolerance, theirs + Tolerance);
                found[column] = found.GetValueOrDefault(column) + 1;
            }
        }
        TestContext.Current.SendDiagnosticMessage($"cpi over the link: {string.Join(", ", found)} agree within {Tolerance}");
        Assert.Equal(["mom", "vs_dec", "yoy", "ytd_avg_yoy"], found.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(found.Values.Sum(), 20, 100);
    }

    [Fact]
    public async Task Quarters_OverTheLink_AreMadeInTheNewBase()
    {
        var quarter = (await DeriveAsync())
            .Single(row => row.Series.Measure == Index && row.Derived.Figure.Period == Period.Parse("2020-Q3"))
            .Derived;

        Assert.Equal((3, 3), (quarter.Figure.Computed?.Have, quarter.Figure.Computed?.Need));
        Assert.InRange(quarter.Figure.Current.Value.Number ?? 0m, 102m, 104m);
        var theirs = published.Find("cpi", Period.Parse("2020-09"), "q_avg_yoy") ?? 0m;
        Assert.InRange(100m + quarter.Yoy.Value ?? 0m, theirs - Tolerance, theirs + Tolerance);
    }

    /// <summary>The earlier change of base, from 2009 to 2014, has none.</summary>
    [Fact]
    public async Task Comparisons_WhereNoLinkIsGiven_AreRefused()
    {
        var march = (await DeriveAsync())
            .Single(row => row.Series.Measure == Index && row.Derived.Figure.Period == Period.Parse("2016-03"))
            .Derived;

        Assert.Equal((null, "the index has another base year in 2015-03"), (march.Yoy.Value, march.Yoy.Why));
    }

    private Task<List<FigureRow>> DeriveAsync() =>
        published.DeriveAsync(folder, "cpi-linked", Index, item => item == "cpi" ? "" : null);
}
