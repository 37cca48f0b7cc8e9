using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.RetailReports;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>
/// Our year so far against the published one, report by report: at the instant of each report, from what was known then, without the total it publishes itself.
/// </summary>
/// <remarks>
/// Counted are the months in which the sum can be had the way the office makes it, <c>ytd(m-1) - estimate(m-1) + restated(m-1) + estimate(m)</c>:
/// those whose report restates the month before, and whose year so far a month earlier was published. The office began to restate in 2018;
/// Januaries are left out, where anything agrees. Summing the estimates misses every restatement. Summing the newest vintages misses those
/// that no report prints: the office corrects the months before the last one only inside its cumulative figure, and from then on every later sum
/// of the year is off. Building on the newest published total (<see cref="AnchoredYearToDate"/>) keeps such a correction, so that it costs the one month in
/// which it is made.
/// Where every earlier month of the year was restated as well, the newest vintages do better, and still not as well as the office's way.
/// </remarks>
public sealed class RetailYearToDateTest : IDisposable
{
    private const decimal Tolerance = 1e-3m;
    private const double MustAgree = 0.9;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Ytd_AtEveryReport_AgreesWithThePublishedOne()
    {
        var retail = await TakeAsync(folder);
        var plain = await TakeAsync(folder, withTotals: false);
        var (count, anchored, newest, naive) = (0, 0, 0, 0);
        var (allRestated, anchoredOfThem, newestOfThem) = (0, 0, 0);
        foreach (var report in retail.Reports)
        {
            if (report.Lines.Values.All(line => line.Restated is null))
                continue;
            var ours = await YearToDateAsync(retail, report);
            var withoutTotals = await YearToDateAsync(plain, report);
            foreach (var (item, line) in report.Lines)
            {
                if (!IsComparable(retail, report, item) || line.Total is not { } published)
                    continue;
                var (byTotal, byVintages) = (Agrees(ours[item], published), Agrees(withoutTotals[item], published));
                count++;
                anchored += byTotal;
                newest += byVintages;
                naive += Agrees(SumOfEstimates(retail, report.Period, item), published);
                if (!AreAllRestated(retail, report.Period, item))
                    continue;
                allRestated++;
                anchoredOfThem += byTotal;
                newestOfThem += byVintages;
            }
        }

        TestContext.Current.SendDiagnosticMessage(
            $"retail ytd, of {count}: anchored {anchored}, newest vintages {newest}, estimates {naive} agree within {Tolerance}; of {allRestated} with all months restated: anchored {anchoredOfThem}, newest vintages {newestOfThem}"
        );
        Assert.True(count >= 150, $"only {count} comparisons");
        Assert.True(anchored >= MustAgree * count, $"{anchored} of {count} agree within {Tolerance}");
        Assert.True(newest < anchored, $"{newest} of {count} agree without totals");
        Assert.True(naive < newest, $"{naive} of {count} agree by estimates");
        Assert.True(newestOfThem < anchoredOfThem, $"{newestOfThem} of {allRestated} agree without totals");
    }

    // The way of the office needs them all.
    private static bool IsComparable(RetailReports retail, RetailReport report, string item) =>
        report.Period.Number > 1
        && report.Lines[item] is { Restated: not null, Estimate: not null }
        && retail.Reports.FirstOrDefault(other => other.Period == report.Period.Previous)?.Lines.GetValueOrDefault(item)
            is { Estimate: not null, Total: not null };

    private static bool AreAllRestated(RetailReports retail, Period until, string item) =>
        retail
            .Reports.Where(report => report.Period.Year == until.Year && report.Period.Number > 1 && report.Period <= until)
            .All(report => report.Lines.GetValueOrDefault(item)?.Restated is not null);

    private static int Agrees(decimal? ours, decimal published) =>
        ours is { } value && Math.Abs(value - published) <= Tolerance * published ? 1 : 0;

    private static decimal SumOfEstimates(RetailReports retail, Period until, string item) =>
        retail
            .Reports.Where(report => report.Period.Year == until.Year && report.Period <= until)
            .Sum(report => report.Lines.GetValueOrDefault(item)?.Estimate ?? 0m);

    private static async Task<Dictionary<string, decimal?>> YearToDateAsync(RetailReports retail, RetailReport report) =>
        (await retail.Ledger.ExportAsync("retail", Flow, report.At))
            .Where(row => row.Derived.Figure.Period == report.Period)
            .ToDictionary(row => row.Series.Subject, row => row.Derived.Ytd.Total.Value);
}
