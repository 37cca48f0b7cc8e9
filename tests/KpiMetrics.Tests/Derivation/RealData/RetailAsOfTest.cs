using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.RetailReports;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>What was known at each report, and with which vintage of the year before its figures are compared.</summary>
public sealed class RetailAsOfTest : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A ledger with all reports, asked as of one of them, answers as a ledger that has only got the reports up to it.</summary>
    [Fact]
    public async Task Export_AsOfEveryReport_IsWhatWasKnownThen()
    {
        var retail = await TakeAsync(folder);
        var replay = await OpenAsync(folder, "replay.db");
        var rows = 0;
        foreach (var report in replay.Reports)
        {
            await replay.TakeAsync(report);
            var then = await replay.Ledger.ExportAsync("retail");
            var asOf = await retail.Ledger.ExportAsync("retail", asOf: report.At);
            Assert.True(then.Select(Shown).SequenceEqual(asOf.Select(Shown)), $"as of {report.At:O}");
            Assert.Equal(report.Lines.Count, asOf.Count(row => IsEstimateOf(row, report.Period)));
            rows += asOf.Count;
        }

        TestContext.Current.SendDiagnosticMessage($"retail as of {replay.Reports.Count} reports: {rows} figures as they were");
        Assert.Equal(120, replay.Reports.Count);
    }

    /// <summary>The first estimate of a month is compared with the first estimate of a year before, whatever was said of that since.</summary>
    [Fact]
    public async Task YearOnYear_OfAnEstimate_IsAgainstTheEstimateOfAYearBefore()
    {
        var retail = await TakeAsync(folder);
        var (likeWithLike, restatedMeanwhile) = (0, 0);
        foreach (var report in retail.Reports)
        {
            var rows = await retail.Ledger.ExportAsync("retail", Flow, report.At);
            var known = rows.ToDictionary(row => (row.Series.Subject, row.Derived.Figure.Period), row => row.Derived);
            foreach (var row in rows.Where(row => row.Derived.Figure.Period == report.Period))
            {
                var earlier = EstimateOf(retail, report.Period.YearEarlier, row.Series.Subject);
                if (earlier is not { } before)
                {
                    Assert.Null(row.Derived.YoyBase);
                    continue;
                }
                likeWithLike++;
                Assert.Equal(Vintage.Estimate, row.Derived.YoyBase);
                var estimate = row.Derived.Figure.Current.Value.Number ?? throw new InvalidOperationException();
                Assert.Equal((estimate - before) / before * 100m, row.Derived.Yoy.Value);
                var now = known[(row.Series.Subject, report.Period.YearEarlier ?? report.Period)].Figure;
                restatedMeanwhile += now.Current.Value.Number == before ? 0 : 1;
            }
        }

        TestContext.Current.SendDiagnosticMessage(
            $"retail yoy: {likeWithLike} estimates against estimates, {restatedMeanwhile} of which were restated meanwhile"
        );
        Assert.InRange(restatedMeanwhile, 50, likeWithLike);
    }

    private static decimal? EstimateOf(RetailReports retail, Period? period, string item) =>
        retail.Reports.FirstOrDefault(report => report.Period == period)?.Lines.GetValueOrDefault(item)?.Estimate;

    private static bool IsEstimateOf(FigureRow row, Period period) =>
        row.Series.Measure == Flow
        && row.Derived.Figure is { Current.Vintage: Vintage.Estimate } figure
        && figure.Period == period;

    private static (Core.Figures.SeriesKey, Period, Statement, int, Derived, Derived, Cumulated, Derived, Vintage?) Shown(
        FigureRow row
    )
    {
        var (figure, pop, yoy, ytd, ytdYoy) = row.Derived;
        return (row.Series, figure.Period, figure.Current, figure.Revision, pop, yoy, ytd, ytdYoy, row.Derived.YoyBase);
    }
}
