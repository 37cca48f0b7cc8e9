using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>How every ledger lets another process see that figures came, whatever it is kept in.</summary>
public abstract class AuditTrailContract
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(7));

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, migrated ledger.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task ReadMarks_ReportsOfCommandsAndOthers_NamesTheSetsOfCommandsThatRecordedSomething()
    {
        var ledger = await CreateAsync();
        var trail = (IAuditTrail)ledger;
        var before = await trail.ReadLastMarkAsync(Token);
        Assert.Empty(await trail.ReadMarksAsync(before, [], Token));

        await ReportAsync(ledger, ReportHeader.Command, "forms", 5m);
        await ReportAsync(ledger, ReportHeader.Command, "forms", 5m); // says nothing new
        await ReportAsync(ledger, "worker", "inbox", 6m);
        await ((ISchedules)ledger).NoteAsync(ReportHeader.Command, "backfill", new { set = "test", recorded = 1 }, Noon, Token);

        var marks = await trail.ReadMarksAsync(before, [], Token);
        Assert.Equal(["test", null, null, null], marks.Select(mark => mark.Set));
        Assert.Equal(marks.Select(mark => mark.Number).Distinct().Order(), marks.Select(mark => mark.Number));
        Assert.Equal(marks[^1].Number, await trail.ReadLastMarkAsync(Token));
    }

    [Fact]
    public async Task ReadMarks_SomeAreMissing_GivesThoseThatAreThereByNow()
    {
        var ledger = await CreateAsync();
        var trail = (IAuditTrail)ledger;
        await ReportAsync(ledger, ReportHeader.Command, "forms", 5m);
        var first = await trail.ReadLastMarkAsync(Token);
        await ReportAsync(ledger, ReportHeader.Command, "inbox", 6m);
        var last = await trail.ReadLastMarkAsync(Token);

        Assert.Equal([new AuditMark(first, "test")], await trail.ReadMarksAsync(last, [first, last + 1000], Token));
        Assert.Equal(
            [new AuditMark(first, "test"), new AuditMark(last, "test")],
            await trail.ReadMarksAsync(last - 1, [first], Token)
        );
    }

    protected static async Task ReportAsync(ILedger ledger, string actor, string source, decimal value)
    {
        await using var report = await BeginAsync(ledger, actor, source, value);
        await report.CommitAsync(0, Token);
    }

    protected static async Task<IReportTransaction> BeginAsync(ILedger ledger, string actor, string source, decimal value)
    {
        var report = await ledger.BeginAsync(new("test", source, "a.csv", Noon, false, Noon, actor), Token);
        var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Month);
        await report.AppendAsync(series, Period.Parse("2026-10"), FigureValue.Of(value), 'A', Vintage.Official, null, Token);
        return report;
    }
}
