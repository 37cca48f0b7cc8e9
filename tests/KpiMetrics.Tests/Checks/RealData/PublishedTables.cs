using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Commands;
using KpiMetrics.Tests.Derivation.RealData;

namespace KpiMetrics.Tests.Checks.RealData;

/// <summary>All monthly tables of the General Statistics Office in one ledger, each taken on the day it came out, once for a class of tests; skips where they are not there.</summary>
public sealed class PublishedTables : IDisposable
{
    private const string Trade = "gso";
    private const string Prices = "gso-cpi";

    private static readonly string[] PricesOf2014 = ["idx", "yoy", "ytd_avg_yoy"];

    private readonly Cli cli = new();
    private bool isTaken;

    public void Dispose() => cli.Dispose();

    /// <summary>What <c>check</c> prints of what was known at the instant.</summary>
    internal async Task<string> CheckAsync(string set, string at, params string[] options)
    {
        await TakeAsync();
        var result = await cli.RunAsync(["check", "--set", set, "--at", at, "--sets", Case.PathOf("published"), .. options]);
        Assert.Equal((0, ""), (result.Exit, result.Error));
        return result.Out;
    }

    // By the first test that asks, in the test itself: a fixture that threw would fail the tests and not skip them.
    private async Task TakeAsync()
    {
        if (isTaken)
            return;
        Directory.CreateDirectory(cli.Data);
        var ledger = await Case.OpenAsync(cli.Folder, Path.Combine("data", "ledger.db"), "published");
        var reports =
            from row in (IEnumerable<(string Day, RawRow Row)>)
                [
                    .. Rows(ledger.Catalog, "vn_gso_retail", "GS-01", "est_ytd", "yoy_ytd"),
                    .. Rows(ledger.Catalog, "vn_gso_exports", "GS-02", "ytd", "yoy_ytd"),
                    .. Rows(ledger.Catalog, "vn_gso_iip", "GS-03", "mom"),
                ]
            group row.Row by row.Day into report
            orderby report.Key
            select report;
        foreach (var report in reports)
            await ledger.ReportAsync(Trade, Morning(report.Key), report);
        // Their table does not say when it came out: before the end of the month.
        foreach (
            var month in Case.Read("vn_gso_cpi").GroupBy(row => row["period"]).OrderBy(month => month.Key, StringComparer.Ordinal)
        )
            await ledger.ReportAsync(Prices, Morning(month.Key + "-28"), PriceRows(month.Key, [.. month]));
        isTaken = true;
    }

    /// <param name="columns">In order of the indicator's measures.</param>
    private static IEnumerable<(string Day, RawRow Row)> Rows(
        CatalogSnapshot catalog,
        string table,
        string indicator,
        params string[] columns
    )
    {
        var measures = catalog.FindIndicator(Trade, indicator)?.Measures ?? throw new InvalidOperationException();
        var items = measures[0].Subjects.ToDictionary(subject => subject.Name, subject => subject.Code);
        // Crude oil stands among the sectors and again among the commodities: the first line counts.
        foreach (var row in Case.Read(table).DistinctBy(row => (row["report_date"], row["period"], row["item"])))
        {
            if (!items.TryGetValue(row["item"], out var item))
                continue;
            foreach (var (measure, column) in measures.Zip(columns))
            {
                if (row[column].Length > 0)
                    yield return (row["report_date"], Case.Row(measure.Code, "VN", row["period"], row[column], item, "estimate"));
            }
        }
    }

    private static IEnumerable<RawRow> PriceRows(string month, IReadOnlyList<Dictionary<string, string>> rows)
    {
        foreach (var row in rows)
        {
            var code = row["item_code"];
            if (code == "CORE" && row["mom"].Length > 0)
                yield return Case.Row("GC-02.01", "VN", month, row["mom"]);
            else if (row["mom"].Length > 0)
                yield return Case.Row("GC-01.01", "VN", month, row["mom"], code.ToLowerInvariant());
            if (code != "CPI" || row["base_year"] != "2014")
                continue;
            foreach (var (number, column) in PricesOf2014.Index())
            {
                if (row[column].Length > 0)
                    yield return Case.Row(
                        string.Create(CultureInfo.InvariantCulture, $"GC-03.{number + 1:00}"),
                        "VN",
                        month,
                        row[column]
                    );
            }
        }
    }

    private static DateTimeOffset Morning(string day) =>
        DateTimeOffset.Parse(day + "T09:00:00+07:00", CultureInfo.InvariantCulture);
}
