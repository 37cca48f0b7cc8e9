using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Demo;

namespace KpiMetrics.Tests.Demo;

public sealed class DemoReportsTests
{
    private static IReadOnlyList<DemoItem> Sent(string set, string code, string first, string last, DateTimeOffset? at = null)
    {
        var (of, indicator) = DemoWorld.Find(set, code);
        return [.. DemoWorld.Reports().SentBy(at ?? DemoWorld.Now, of, indicator, DemoWorld.Periods(first, last))];
    }

    [Fact]
    public void DemoReports_AskedEarlier_GivesTheBeginningOfTheSameAnswer()
    {
        var then = new DateTimeOffset(2026, 10, 14, 9, 30, 0, TimeSpan.Zero);
        var all = Sent("lao-cai", "LC-A14", "2026-09-20", "2026-10-31");
        var early = Sent("lao-cai", "LC-A14", "2026-09-20", "2026-10-31", then);

        Assert.NotEmpty(early);
        Assert.Equal(all.TakeWhile(item => item.SentAt <= then), early);
        Assert.Equal(all.OrderBy(item => item.SentAt).Select(item => item.SentAt), all.Select(item => item.SentAt));
    }

    [Fact]
    public void DemoReports_AnyReport_ComesAfterTheWindowClosedAndMostlyInTime()
    {
        var (set, indicator) = DemoWorld.Find("lao-cai", "LC-A14");
        var first = Sent("lao-cai", "LC-A14", "2026-09-25", "2026-11-15")
            .GroupBy(item => (item.Area, item.Period))
            .Select(report => (report.Key.Period, At: report.Min(item => item.SentAt)))
            .ToList();

        Assert.All(first, report => Assert.True(report.At > DemoWorld.Due(set, indicator, report.Period).Closes));
        var late = first.Count(report => report.At > DemoWorld.Due(set, indicator, report.Period).Due);
        Assert.InRange(late, first.Count * 2 / 100, first.Count * 9 / 100);
    }

    [Fact]
    public void DemoReports_Corrected_EndsWithTheTruth()
    {
        var corrected = Sent("lao-cai", "LC-A06", "2025-W28", "2026-W44")
            .GroupBy(item => (item.Measure.Code, item.Subject, item.Area, item.Period))
            .Where(said => said.Select(item => item.Value).Distinct().Count() > 1)
            .ToList();

        Assert.NotEmpty(corrected);
        Assert.All(
            corrected,
            said =>
            {
                Assert.Contains("đính chính", said.Last().Note, StringComparison.Ordinal);
                var area = said.Key.Area + "@2025-07-01";
                var truth = DemoWorld.Number("lao-cai", said.Key.Code, said.Key.Subject, area, said.Key.Period.ToString());
                Assert.Equal(truth, said.Last().Value.Number);
            }
        );
        Assert.Contains(corrected, said => said.First().Value.Number == 1000 * said.Last().Value.Number);
    }

    [Fact]
    public void DemoReports_SomeReports_ComeTwiceOrLackMeasures()
    {
        var reports = Sent("lao-cai", "LC-A14", "2026-09-25", "2026-11-15").GroupBy(item => (item.Area, item.Period)).ToList();

        Assert.Contains(reports, report => report.Select(item => item.SentAt).Distinct().Count() > 1);
        Assert.Contains(reports, report => report.Count() < 4);
    }

    [Fact]
    public void DemoReports_Statistics_EstimateFirstAndAreOfficialLater()
    {
        var said = Sent("bac-ninh", "BN-07", "2026-05", "2026-05");

        Assert.Equal([Vintage.Estimate, Vintage.Official], said.Select(item => item.Vintage));
        Assert.NotEqual(said[0].Value, said[1].Value);
    }

    [Fact]
    public void DemoReports_BeforeTheMerger_AreOfBothPredecessorsUnderTheirCodes()
    {
        var before = Sent("bac-ninh", "BN-07", "2025-06", "2025-06").Select(item => item.Area).Distinct().Order();
        var after = Sent("bac-ninh", "BN-07", "2025-07", "2025-07").Select(item => item.Area).Distinct();

        Assert.Equal(["24", "27"], before);
        Assert.Equal(["24"], after);
    }

    [Fact]
    public void DemoReports_TheirNotes_SayThatTheyAreMadeUp() =>
        Assert.All(
            Sent("lao-cai", "LC-A01", "2026-01", "2026-06"),
            item => Assert.Contains("minh họa", item.Note, StringComparison.Ordinal)
        );

    [Fact]
    public void DemoReports_WholeHistory_IsBelow120000Figures()
    {
        var reports = DemoWorld.Reports();
        var count = 0;
        foreach (var set in DemoWorld.Catalog.Sets)
        {
            foreach (var indicator in set.Indicators)
            {
                foreach (var frequency in indicator.Frequencies.Where(frequency => frequency != Frequency.Hour))
                    count += reports.SentBy(DemoWorld.Now, set, indicator, History(frequency)).Count();
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{count} figures");
        Assert.InRange(count, 60_000, 120_000);
    }

    [Theory]
    [InlineData("cchc", "CC-F303", "2025", "2025")]
    [InlineData("lao-cai", "LC-A14", "2025-05-01", "2025-06-30")]
    public void DemoReports_OutOfScope_AreNone(string set, string indicator, string first, string last) =>
        Assert.Empty(Sent(set, indicator, first, last));

    private static IEnumerable<Period> History(Frequency frequency)
    {
        var last = Period.At(frequency, DemoWorld.Now.DateTime);
        for (var period = Period.At(frequency, DemoWorld.Now.DateTime.AddYears(-4)); period <= last; period = period.Shift(1))
            yield return period;
    }
}
