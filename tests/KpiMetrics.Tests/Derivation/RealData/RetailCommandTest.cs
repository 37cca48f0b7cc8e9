using System.Globalization;
using System.Text.Json;
using KpiMetrics.Tests.Commands;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>Twenty-two reports by the commands, one import each: the export as of a date names the vintages.</summary>
public sealed class RetailCommandTest : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task Export_AsOfAReport_NamesTheVintagesOfBothYears()
    {
        var retail = await RetailReports.OpenAsync(cli.Folder, "unused.db");
        var reports = retail
            .Reports.Where(report => report.Period.Year == 2018 || report.Period is { Year: 2019, Number: <= 10 })
            .ToList();
        foreach (var report in reports)
        {
            var file = cli.Folder.Write("in.csv", Text(report));
            var at = report.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
            var result = await cli.RunAsync("import", file, "--set", "retail", "--sets", Sets, "--received-at", at);
            Assert.Equal((0, ""), (result.Exit, result.Error));
        }
        Assert.Equal(22, reports.Count);

        // An estimate against an estimate; once restated, against the restated one where there is one, else against what there is.
        Assert.Equal(("estimate", "estimate"), await VintagesAsync("2019-01", "2019-01-31"));
        Assert.Equal(("preliminary", "estimate"), await VintagesAsync("2019-01", "2019-02-28"));
        Assert.Equal(("preliminary", "estimate"), await VintagesAsync("2019-04", null));
        Assert.Equal(("preliminary", "preliminary"), await VintagesAsync("2019-09", null));
        Assert.Equal(("estimate", "estimate"), await VintagesAsync("2019-10", null));
        Assert.Equal(("preliminary", null), await VintagesAsync("2018-08", null));
        Assert.Equal(("estimate", null), await VintagesAsync("2018-08", "2018-08-31"));
        Assert.Equal((null, null), await VintagesAsync("2018-08", "2018-08-01"));
    }

    private static string Sets => Case.PathOf("retail");

    private static string Text(RetailReport report) =>
        string.Join(
            '\n',
            RetailReports
                .Rows(report)
                .Select(row =>
                    $"{row.Indicator.Text},{row.Measure.Text},{row.Area.Text},{row.Period.Text},{row.Value.Text},{row.Subject.Text},{row.Vintage.Text}"
                )
                .Prepend("indicator,measure,area,period,value,subject,vintage")
                .Append("")
        );

    /// <summary>Of the total's month and of the month it is compared with; null where there is none.</summary>
    /// <param name="day">As of the end of this day; null: now.</param>
    private async Task<(string? Own, string? YearBefore)> VintagesAsync(string period, string? day)
    {
        string[] asOf = day is null ? [] : ["--as-of", day + "T23:59:00+07:00"];
        string[] all =
        [
            "export",
            .. (string[])["--set", "retail", "--sets", Sets, "--measure", RetailReports.Flow, "--format", "json"],
            .. (string[])["--from", period, "--to", period],
            .. asOf,
        ];
        var result = await cli.RunAsync(all);
        Assert.Equal((0, ""), (result.Exit, result.Error));
        using var json = JsonDocument.Parse(result.Out);
        return json
            .RootElement.EnumerateArray()
            .Where(row => row.GetProperty("subject").GetString() == "tong-so")
            .Select(row => (Text(row, "vintage"), Text(row, "yoy_base_vintage")))
            .SingleOrDefault();
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) ? value.GetString() : null;
}
