using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Derivation.RealData.Case;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>
/// Retail sales, 120 monthly reports of the General Statistics Office: each has the month's estimate, mostly the month before restated, and the year so far.
/// </summary>
internal sealed class RetailReports
{
    public const string Flow = "RT-01.01";
    public const string Total = "RT-01.02";

    private RetailReports(Case ledger, IReadOnlyList<RetailReport> reports) => (Ledger, Reports) = (ledger, reports);

    public Case Ledger { get; }

    /// <summary>In order of their dates.</summary>
    public IReadOnlyList<RetailReport> Reports { get; }

    /// <param name="withTotals">False: the cumulative figures are not reported to the ledger.</param>
    public static async Task<RetailReports> TakeAsync(TempFolder folder, bool withTotals = true)
    {
        var reports = await OpenAsync(folder, withTotals ? "retail.db" : "retail-flows.db");
        foreach (var report in reports.Reports)
            await reports.TakeAsync(report, withTotals);
        return reports;
    }

    /// <summary>The reports with a ledger that has taken none of them.</summary>
    public static async Task<RetailReports> OpenAsync(TempFolder folder, string name)
    {
        var ledger = await Case.OpenAsync(folder, name, "retail");
        var (_, measure) = ledger.Catalog.FindMeasure("retail", Flow) ?? throw new InvalidOperationException();
        var reports =
            from row in Read("vn_gso_retail")
            group row by (row["report_date"], row["period"]) into report
            orderby report.Key
            select new RetailReport(
                DateTimeOffset.Parse(report.Key.Item1 + "T09:00:00+07:00", System.Globalization.CultureInfo.InvariantCulture),
                Period.Parse(report.Key.Item2),
                report.ToDictionary(
                    row => measure.Subjects.Single(subject => subject.Name == row["item"]).Code,
                    row => new RetailLine(Maybe(row["est_month"]), Maybe(row["prelim_prev_month"]), Maybe(row["est_ytd"]))
                )
            );
        return new(ledger, [.. reports]);
    }

    public Task TakeAsync(RetailReport report, bool withTotals = true) =>
        Ledger.ReportAsync("retail", report.At, Rows(report, withTotals));

    public static IEnumerable<RawRow> Rows(RetailReport report, bool withTotals = true)
    {
        foreach (var (item, line) in report.Lines)
        {
            if (line.Estimate is { } estimate)
                yield return Row(Flow, report.Period, estimate, item, "estimate");
            if (line.Restated is { } restated && report.Period.Previous is { } before)
                yield return Row(Flow, before, restated, item, "preliminary");
            if (withTotals && line.Total is { } total)
                yield return Row(Total, report.Period, total, item, "estimate");
        }
    }

    private static RawRow Row(string measure, Period period, decimal value, string item, string vintage) =>
        Case.Row(measure, "VN", period.ToString(), FormattableString.Invariant($"{value}"), item, vintage);

    private static decimal? Maybe(string text) => text.Length == 0 ? null : Number(text);
}
