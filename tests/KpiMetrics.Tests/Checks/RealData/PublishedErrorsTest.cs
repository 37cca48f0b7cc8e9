using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Checks.RealData;

/// <summary>Errors of the General Statistics Office's own tables, by the road that any report takes: in at the door of a ledger, and <c>check</c> on the afternoon of the day.</summary>
public sealed partial class PublishedErrorsTest(PublishedTables tables) : IClassFixture<PublishedTables>
{
    private const int Least = 10;

    private static readonly IReadOnlyList<PublishedError> Errors = PublishedError.Read();

    public static TheoryData<string> Reports => [.. Errors.Select(error => error.Report).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Check_OnTheDayOfAReportWithErrors_FindsEachWithItsSentence(string report)
    {
        var wrong = Errors.Where(error => error.Report == report).ToList();

        var found = await FindAsync(report);

        Assert.All(wrong, StandsThere);
        foreach (var error in wrong)
        {
            var told = Assert.Single(
                found,
                one => (one.Series, one.Period, one.Code) == (error.Series, error.Period, error.Code)
            );
            Assert.Equal(Number(error.Printed), told.Stated);
            Assert.True(error.Says(told.Sentence, out var leftOut), $"{error}\n{error.Sentence}\n{told.Sentence}");
            // Indices of a month and of years so far, none of which fell by half or doubled.
            if (leftOut is { } expected)
                Assert.InRange(expected, 50m, 150m);
        }
    }

    [Fact]
    public void Table_OfErrors_HasThemFromThreeTablesAndOfThreeKinds()
    {
        Assert.InRange(Errors.Count(error => !error.Sentence.Contains('…')), Least, int.MaxValue);
        Assert.Equal(3, Errors.DistinctBy(error => error.File).Count());
        Assert.Equal(
            ["cumulative-fall", "growth-for-index", "outlier"],
            Errors.Select(error => error.Code).Distinct().Order(StringComparer.Ordinal)
        );
    }

    /// <summary>What the table says is missed. A detector that finds it, and raises no false alarm, is welcome: then it belongs in the table.</summary>
    [Theory]
    [InlineData("2019-01-29", "than", "2019-01")]
    [InlineData("2019-02-28", "dau-tho", "2019-02")]
    public async Task Check_AJumpWithinWhatTheSeriesIsUsedTo_SaysNothingInItsMonth(string report, string subject, string month)
    {
        var found = await FindAsync(report);

        Assert.DoesNotContain(found, one => one.Period == month && one.Series.EndsWith($"/{subject}", StringComparison.Ordinal));
        // The total that falls is in the table.
        Assert.Contains(
            Errors,
            error =>
                (error.Series, error.Code) == ($"GS-02.01/{subject}", "cumulative-fall")
                && string.CompareOrdinal(error.Report, report) > 0
        );
    }

    /// <summary>A month before growths stand among the indices of retail sales.</summary>
    [Fact]
    public async Task Check_BeforeTheReport_KnowsNothingOfIt()
    {
        var found = await FindAsync("2018-02-28");

        Assert.DoesNotContain(found, one => one.Period == "2018-03");
        Assert.DoesNotContain(found, one => one is { Series: "GS-01.02/tong", Code: "growth-for-index" });
    }

    /// <summary>No price was set anew in 2017 that had not been before, no pork or petrol price jumped from one month to the next.</summary>
    [Fact]
    public async Task Check_ACleanYearOfConsumerPrices_RaisesNothing()
    {
        const int Months = 12 * 20; // each line against the month before
        const int Basket = 3 * 12; // level, against the year before, mean of the year; the last not in January

        var said = await tables.CheckAsync("gso-cpi", "2017-12-31");

        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.StartsWith("0 mâu thuẫn, 0 không tính được", said, StringComparison.Ordinal);
        var counts = Counts().Match(said);
        Assert.True(counts.Success, said);
        Assert.Equal("0", counts.Groups["suspected"].Value);
        Assert.InRange(
            int.Parse(counts.Groups["tested"].Value, CultureInfo.InvariantCulture),
            Months + Basket - 6,
            Months + Basket
        );
    }

    private async Task<IReadOnlyList<(string Series, string Period, string Code, decimal Stated, string Sentence)>> FindAsync(
        string report
    )
    {
        using var json = JsonDocument.Parse(await tables.CheckAsync("gso", report + "T15:00", "--json"));
        var found = json.RootElement.EnumerateArray().Select(Of).ToList();
        foreach (var (series, period, code, _, sentence) in found)
            TestContext.Current.TestOutputHelper?.WriteLine($"{report} {series} {period} {code}: {sentence}");
        return found;
    }

    private static (string Series, string Period, string Code, decimal Stated, string Sentence) Of(JsonElement finding) =>
        (
            $"{Text(finding, "measure")}/{Text(finding, "subject")}",
            Text(finding, "period"),
            Text(finding, "code"),
            finding.GetProperty("stated").GetDecimal(),
            Text(finding, "vietnamese")
        );

    // The line of the file is the one that is meant: whoever doubts it finds it there.
    private static void StandsThere(PublishedError error)
    {
        var line = File.ReadLines(Repository.Shared($"data/vietnam/{error.File}")).ElementAt(error.Line - 1);
        Assert.StartsWith($"{error.Period},{error.Report},", line, StringComparison.Ordinal);
        Assert.Contains($",{error.Printed},", line + ",", StringComparison.Ordinal);
    }

    private static string Text(JsonElement finding, string name) => finding.GetProperty(name).GetString() ?? "";

    private static decimal Number(string printed) => decimal.Parse(printed, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "So với các kỳ trước: (?<suspected>[0-9]+) đáng ngờ trong (?<tested>[0-9]+) số liệu",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Counts();
}
