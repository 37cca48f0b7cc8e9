using System.Globalization;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.Case;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>Exports by commodity, 96 monthly reports with the month's estimate and the year so far; what the customs found since is only in the latter.</summary>
/// <remarks>
/// As no report restates the month before, the year so far can be had from the total before it and the estimate only as well as the estimate
/// before was: so the tolerances here are coarse, and what is exact is that the amounts behind a running total add up to it again.
/// </remarks>
public sealed class PublishedExportsTest : IDisposable
{
    private const string Flow = "XK-01.01";
    private const string Total = "XK-01.02";
    private const string TotalAlone = "XK-01.03";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Ytd_FromTheTotalBeforeAndTheEstimate_IsNearThePublishedOne()
    {
        var ledger = await TakeAsync();
        var published = Totals(await ledger.ExportAsync("exports", TotalAlone));
        var estimates = await ledger.ExportAsync("exports", Flow);
        var (ours, plain) = (new List<decimal>(), new List<decimal>());
        foreach (var row in estimates.Where(row => row.Derived.Figure.Period.Number > 1))
        {
            var (item, period) = (row.Series.Subject, row.Derived.Figure.Period);
            var theirs = published[(item, period)];
            if (!published.ContainsKey((item, period.Shift(-1))))
                continue;
            ours.Add(Distance(row.Derived.Ytd.Total.Value, theirs));
            plain.Add(
                Distance(
                    estimates
                        .Where(other =>
                            other.Series.Subject == item
                            && other.Derived.Figure.Period is var at
                            && at.Year == period.Year
                            && at <= period
                        )
                        .Sum(other => other.Derived.Figure.Current.Value.Number),
                    theirs
                )
            );
        }
        Print("ytd", ours);
        Print("sum of estimates", plain);
        Assert.True(ours.Count > 1000, $"only {ours.Count} comparisons");
        Assert.True(Within(0.05m, ours) > 0.85, $"{Within(0.05m, ours)} within 5 %");
        Assert.True(Within(0.01m, ours) > 2 * Within(0.01m, plain));
    }

    /// <summary>A running total that nobody gives the months of: they follow from it, add up to it again, and are near what was estimated.</summary>
    [Fact]
    public async Task Amounts_BehindARunningTotal_AddUpToItAndAreNearThePublishedMonths()
    {
        var ledger = await TakeAsync();
        var estimates = Totals(await ledger.ExportAsync("exports", Flow));
        var distances = new List<decimal>();
        var (changes, falls) = (0, 0);
        foreach (var series in (await ledger.ExportAsync("exports", TotalAlone)).GroupBy(row => row.Series))
        {
            var totals = SeriesColumns.From(Frequency.Month, [.. series.Select(row => row.Derived.Figure)]);
            var amounts = Decumulation.Of(totals);
            for (var at = 0; at < amounts.Count; at++)
            {
                var (period, amount) = (amounts.PeriodAt(at), amounts.ValueAt(at));
                Assert.Equal(totals.Find(period), amount + (period.Number == 1 ? 0m : totals.Find(period.Shift(-1))));
                distances.Add(Distance(amount, estimates[(series.Key.Subject, period)]));
                falls += amount < 0m ? 1 : 0;
            }
            foreach (var row in series.Where(row => row.Derived.Pop.Value is not null))
            {
                var period = row.Derived.Figure.Period;
                var (now, before) = (amounts.Find(period) ?? 0m, amounts.Find(period.Shift(-1)) ?? 0m);
                Assert.Equal((now - before) / Math.Abs(before) * 100m, row.Derived.Pop.Value);
                Assert.Equal(row.Derived.Figure.Current.Value.Number, row.Derived.Ytd.Total.Value);
                changes++;
            }
        }
        Print($"amounts behind the total, {falls} of them negative", distances);
        Assert.InRange(falls, 1, 20);
        Assert.True(changes > 1000, $"only {changes} changes");
        Assert.True(Within(0.2m, distances) > 0.85, $"{Within(0.2m, distances)} within 20 %");
    }

    private async Task<Case> TakeAsync()
    {
        var ledger = await OpenAsync(folder, "exports.db", "exports");
        var (_, measure) = ledger.Catalog.FindMeasure("exports", Flow) ?? throw new InvalidOperationException();
        var items = measure.Subjects.ToDictionary(subject => subject.Name, subject => subject.Code);
        foreach (var report in Read("vn_gso_exports").GroupBy(row => row["report_date"]).OrderBy(report => report.Key))
        {
            // Crude oil stands among the sectors and again, with more digits, among the commodities.
            var lines = report.Where(row => items.ContainsKey(row["item"])).DistinctBy(row => row["item"]);
            await ledger.ReportAsync(
                "exports",
                DateTimeOffset.Parse(report.Key + "T09:00:00+07:00", CultureInfo.InvariantCulture),
                lines.SelectMany(row => Rows(row, items[row["item"]]))
            );
        }
        return ledger;
    }

    private static IEnumerable<RawRow> Rows(Dictionary<string, string> row, string item) =>
        [
            Row(Flow, "VN", row["period"], row["month"], item, "estimate"),
            Row(Total, "VN", row["period"], row["ytd"], item, "estimate"),
            Row(TotalAlone, "VN", row["period"], row["ytd"], item, "estimate"),
        ];

    private static Dictionary<(string Item, Period Period), decimal> Totals(IEnumerable<FigureRow> rows) =>
        rows.ToDictionary(
            row => (row.Series.Subject, row.Derived.Figure.Period),
            row => row.Derived.Figure.Current.Value.Number ?? throw new InvalidOperationException()
        );

    private static decimal Distance(decimal? ours, decimal theirs) =>
        ours is { } value ? Math.Abs(value - theirs) / theirs : decimal.MaxValue;

    private static double Within(decimal tolerance, List<decimal> distances) =>
        (double)distances.Count(distance => distance <= tolerance) / distances.Count;

    private static void Print(string what, List<decimal> distances) =>
        TestContext.Current.SendDiagnosticMessage(
            string.Create(
                CultureInfo.InvariantCulture,
                $"exports {what}, of {distances.Count}: {Within(0.001m, distances):P1} within 0.1 %, {Within(0.01m, distances):P1} within 1 %, {Within(0.05m, distances):P1} within 5 %, {Within(0.2m, distances):P1} within 20 %"
            )
        );
}
