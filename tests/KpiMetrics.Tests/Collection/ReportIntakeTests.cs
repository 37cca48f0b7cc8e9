using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Collection.Intake;

namespace KpiMetrics.Tests.Collection;

/// <summary>What becomes of a report as a whole.</summary>
public sealed class ReportIntakeTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Take_GoodAndBadRows_KeepsTheGoodOnes()
    {
        var intake = await CreateAsync(folder);

        var result = await intake.TakeAsync(Row(), Row(measure: "T-01.99", line: 3), Row(measure: "T-01.02", line: 4));

        Assert.Equal((3, 2, 0, 1), (result.Rows, result.Receipt.Recorded, result.Receipt.Repeated, result.Receipt.Refused));
        Assert.Equal(["T-01.01/ 2026-10=1 A official", "T-01.02/ 2026-10=1 A official"], await intake.FiguresAsync());
        Assert.Equal(3, Assert.Single(intake.Refused).Refusal.Line);
    }

    [Fact]
    public async Task Take_ExactDuplicates_AreCountedAsRepeated()
    {
        var intake = await CreateAsync(folder);

        var first = await intake.TakeAsync(Row(), Row(line: 3));
        var again = await intake.TakeAsync(Row());

        Assert.Equal((1, 1, 0), (first.Receipt.Recorded, first.Receipt.Repeated, first.Receipt.Refused));
        Assert.Equal((0, 1, 0), (again.Receipt.Recorded, again.Receipt.Repeated, again.Receipt.Refused));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("1,0")]
    public async Task Take_ReportThatContradictsItself_RefusesTheSecondStatement(string other)
    {
        var intake = await CreateAsync(folder);

        var result = await intake.TakeAsync(Row(), Row(value: other, line: 3));

        Assert.Equal((1, 1), (result.Receipt.Recorded, result.Receipt.Refused));
        Assert.Equal(
            (
                RefusalCode.Contradiction,
                $"value '{other}': line 2 of this report says 1 for T-01.01, 2026-10; leave only one of them"
            ),
            Assert.Single(intake.Refusals)
        );
        Assert.Equal(["T-01.01/ 2026-10=1 A official"], await intake.FiguresAsync());
    }

    public static TheoryData<string, RawRow, RawRow> Contradictions =>
        new()
        {
            { "value '3': line 4 of this report says 12.50", Row(value: "12,50", line: 4), Row(value: "3", line: 9) },
            {
                "value '12' with status P: line 4 of this report says 12 with status A",
                Row(value: "12", line: 4),
                Row(value: "12", line: 9) with
                {
                    Status = Text("P"),
                }
            },
            {
                "value '12' with status A: line 4 of this report says nothing with status M",
                Row(value: "", line: 4) with
                {
                    Status = Text("M"),
                },
                Row(value: "12", line: 9)
            },
            {
                "value 'Bão số 4': line 4 of this report says 'Bão số 3'",
                Row("T-01.05", value: "Bão số 3", line: 4),
                Row("T-01.05", value: "Bão số 4", line: 9)
            },
        };

    /// <summary>Refused and repeated rows before and between do not shift the line that is named.</summary>
    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public async Task Take_Contradiction_NamesTheEarlierLineAndWhatItSays(string message, RawRow earlier, RawRow later)
    {
        var intake = await CreateAsync(folder);

        await intake.TakeAsync(
            Row("T-01.99"),
            Row("T-01.02", line: 3),
            earlier,
            Row("T-01.02", line: 5),
            earlier with
            {
                Line = 6,
            },
            Row("T-01.99", line: 7),
            later
        );

        var refusal = intake.Refused[^1].Refusal;
        Assert.Equal((RefusalCode.Contradiction, 9), (refusal.Code, refusal.Line));
        Assert.StartsWith(message + $" for {earlier.Measure.Text}, 2026-10;", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The earlier line may itself repeat what an earlier report said.</summary>
    [Fact]
    public async Task Take_ContradictionOfARepetition_NamesTheLineOfThisReport()
    {
        var intake = await CreateAsync(folder);
        await intake.TakeAsync(Row(line: 8));

        await intake.TakeAsync(Row(line: 5), Row(value: "2", line: 6));

        Assert.StartsWith(
            "value '2': line 5 of this report says 1",
            Assert.Single(intake.Refusals).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Take_DryRun_SaysTheSameAndKeepsNothing()
    {
        var intake = await CreateAsync(folder);

        var result = await intake.TakeAsync(
            new[] { Row(), Row(line: 3), Row(measure: "T-01.99", line: 4) }.ToAsyncEnumerable(),
            dryRun: true
        );

        Assert.Equal((3, 1, 1, 1), (result.Rows, result.Receipt.Recorded, result.Receipt.Repeated, result.Receipt.Refused));
        Assert.Single(intake.Refused);
        Assert.Empty(await intake.FiguresAsync());
        Assert.Empty(await intake.Ledger.ReadAuditAsync(10, Token));
    }

    [Fact]
    public async Task Take_ReportThatBreaksOff_LeavesTheLedgerAsItWas()
    {
        var intake = await CreateAsync(folder);
        await intake.TakeAsync(Row());

        await Assert.ThrowsAsync<BrokenReportException>(() => intake.TakeAsync(BreakingOff()));

        Assert.Equal(["T-01.01/ 2026-10=1 A official"], await intake.FiguresAsync());
        Assert.Single(await intake.Ledger.ReadAuditAsync(10, Token));
        Assert.Equal(1, (await intake.TakeAsync(Row(measure: "T-01.02"))).Receipt.Recorded);
    }

    [Fact]
    public async Task Take_Cancelled_LeavesTheLedgerAsItWas()
    {
        var intake = await CreateAsync(folder);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            intake.TakeAsync(Cancelling(stop), cancellationToken: stop.Token)
        );

        Assert.Empty(await intake.FiguresAsync());
    }

    [Fact]
    public async Task Take_SetThatIsNotInTheCatalog_IsTheCallersMistake()
    {
        var intake = await CreateAsync(folder);

        await Assert.ThrowsAsync<ArgumentException>(() => intake.TakeAsync(AsyncEnumerable.Empty<RawRow>(), set: "nope"));
    }

    [Fact]
    public async Task Take_CultureWithAnotherCalendar_ChangesNothing()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
        try
        {
            var intake = await CreateAsync(folder, new([TestCatalog.Set], [TestCatalog.Province]));

            await intake.TakeAsync(Row(period: "20/11/2026", value: "1,5"), Row(period: "2024"), Row(period: "2027"));

            Assert.Equal("24@2025-07-01", TestCatalog.Province.Id);
            Assert.Equal(["T-01.01/ 2026-11-20=1.5 A official"], await intake.FiguresAsync());
            Assert.Contains(
                "on 2024-12-31; allowed: 24 (Tỉnh Bắc Ninh) from 2025-07-01 on",
                intake.Refused[0].Refusal.Message,
                StringComparison.Ordinal
            );
            Assert.EndsWith("opens on 2027-01-01T00:00", intake.Refused[1].Refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Any order and repetition of good rows, with bad ones in between, ends in the same view.</summary>
    [Fact]
    public void Take_AnyOrderOfRows_EndsInTheSameView()
    {
        var row =
            from measure in Gen.Elements("T-01.01", "T-01.02", "T-01.03", "T-01.99")
            from month in Gen.Choose(1, 12)
            select Row(measure, $"2026-{month:00}", $"{month},5");
        var number = 0;

        Prop.ForAll(
                Gen.NonEmptyListOf(row).Select(rows => rows.ToArray()).ToArbitrary(),
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                async (rows, seed) =>
                {
                    var order = new System.Random(seed);
                    var shuffled = rows.Concat(rows.Where(_ => order.Next(3) == 0)).OrderBy(_ => order.Next()).ToArray();
                    return (await ViewAfter(rows, number++)).SequenceEqual(await ViewAfter(shuffled, number++));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    private static async IAsyncEnumerable<RawRow> BreakingOff()
    {
        yield return Row(measure: "T-01.02");
        await Task.Yield();
        throw new BrokenReportException("thang-10.csv: ends in the middle of a row");
    }

    private static async IAsyncEnumerable<RawRow> Cancelling(CancellationTokenSource stop)
    {
        yield return Row();
        await stop.CancelAsync();
        yield return Row(measure: "T-01.02");
    }

    private async Task<List<string>> ViewAfter(RawRow[] rows, int number)
    {
        var intake = await CreateAsync(folder, name: $"{number}.db");
        await intake.TakeAsync(rows);
        return await intake.FiguresAsync();
    }
}
