using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger must do, whatever it is kept in; each store runs these tests by deriving from this class.</summary>
public abstract class LedgerContract
{
    private static readonly DateTimeOffset Start = new(2025, 12, 20, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly Period Year = Period.Parse("2025");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, migrated ledger that is also its own outbox.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Theory]
    [InlineData("1155106")]
    [InlineData("99.61")]
    [InlineData("1.10")]
    [InlineData("-0.000000000000000000000000001")]
    [InlineData("79228162514264337593543950335")]
    [InlineData("0")]
    [InlineData("100.00")]
    public async Task Append_ANumber_ComesBackDigitForDigit(string digits)
    {
        var ledger = await CreateAsync();
        await ReportAsync(
            ledger,
            Start,
            stated: false,
            ("forms", decimal.Parse(digits, System.Globalization.CultureInfo.InvariantCulture))
        );

        Assert.Equal(digits, (await OneAsync(ledger)).Current.Value.ToString());
    }

    [Fact]
    public async Task Append_AText_ComesBackAsWritten()
    {
        var ledger = await CreateAsync();
        const string Bulletin = "Bão số 3: gió cấp 12; 'mưa' \"rất to\"\n\tngày mai 🌧";
        await using (var report = await ledger.BeginAsync(Header("inbox", Start, stated: false), Token))
        {
            var key = TestCatalog.Series(TestCatalog.Text, Frequency.Year);
            await report.AppendAsync(key, Year, FigureValue.Of(Bulletin), 'A', Vintage.Official, null, Token);
            await report.CommitAsync(0, Token);
        }

        var figure = await OneAsync(ledger);
        Assert.Equal(Bulletin, figure.Current.Value.Text);
        Assert.Null(figure.Current.Value.Number);
    }

    [Fact]
    public async Task Append_SameFigureTwiceFromOneSource_KeepsOneRevision()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: false, ("forms", 5m));
        var receipt = await ReportAsync(ledger, Start.AddDays(1), stated: false, ("forms", 5m));

        var figure = await OneAsync(ledger);
        Assert.Equal((0, 1), (receipt.Recorded, receipt.Repeated));
        Assert.Equal(1, figure.Revision);
        Assert.Equal(Start, figure.Current.ReceivedAt);
        Assert.Single((await ReadAsync(ledger)).Single().Periods.Single().Statements);
    }

    [Fact]
    public async Task Append_ACorrection_IsTheNextRevisionAndTheOldOneStays()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: false, ("forms", 5m));
        await ReportAsync(ledger, Start.AddDays(1), stated: false, ("forms", 6m));

        var now = await OneAsync(ledger);
        Assert.Equal((2, 6m), (now.Revision, now.Current.Value.Number));
        var then = await OneAsync(ledger, asOf: Start.AddDays(1).AddSeconds(-1));
        Assert.Equal((1, 5m), (then.Revision, then.Current.Value.Number));
    }

    [Fact]
    public async Task Append_AnotherValueInTheSameReport_IsAContradictionAndNotKept()
    {
        var ledger = await CreateAsync();
        await using var report = await ledger.BeginAsync(Header("forms", Start, stated: false), Token);
        var key = TestCatalog.Series(TestCatalog.Flow, Frequency.Year);

        Assert.Equal(
            AppendOutcome.Recorded,
            await report.AppendAsync(key, Year, FigureValue.Of(5m), 'A', Vintage.Official, null, Token)
        );
        Assert.Equal(
            AppendOutcome.Contradicted,
            await report.AppendAsync(key, Year, FigureValue.Of(6m), 'A', Vintage.Official, null, Token)
        );
        Assert.Equal(new(0, FigureValue.Of(5m), 'A'), report.FindStated(key, Year, Vintage.Official));
        Assert.Equal(
            AppendOutcome.Repeated,
            await report.AppendAsync(key, Year, FigureValue.Of(5m), 'A', Vintage.Official, null, Token)
        );
        Assert.Equal(
            AppendOutcome.Recorded,
            await report.AppendAsync(key, Year, FigureValue.Of(7m), 'E', Vintage.Estimate, null, Token)
        );
        Assert.Equal(new(3, FigureValue.Of(7m), 'E'), report.FindStated(key, Year, Vintage.Estimate));
        Assert.Throws<InvalidOperationException>(() => report.FindStated(key, Year, Vintage.Preliminary));
        await report.CommitAsync(1, Token);
        Assert.Equal(5m, (await OneAsync(ledger)).Current.Value.Number);
    }

    [Fact]
    public async Task Dispose_WithoutCommit_LeavesNoTrace()
    {
        var ledger = await CreateAsync();
        await using (var report = await ledger.BeginAsync(Header("forms", Start, stated: false), Token))
        {
            var key = TestCatalog.Series(TestCatalog.Flow, Frequency.Year);
            await report.AppendAsync(key, Year, FigureValue.Of(5m), 'A', Vintage.Official, null, Token);
        }

        Assert.Empty(await ReadAsync(ledger));
        Assert.Empty(await ledger.ReadAuditAsync(10, Token));
        Assert.Empty(await ((IOutbox)ledger).NextChangesAsync(10, Token));
    }

    [Fact]
    public async Task Commit_FiguresKeysAndAudit_AppearTogether()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: false, ("forms", 5m));

        var key = Assert.Single(await ((IOutbox)ledger).NextChangesAsync(10, Token));
        Assert.Equal(Year, key.Period);
        var audit = Assert.Single(await ledger.ReadAuditAsync(10, Token));
        Assert.Equal(("report", "test"), (audit.Action, audit.Actor));
        Assert.Contains("\"recorded\":1", audit.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_TwoSources_ShowsTheMoreTrustedOne()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: false, ("forms", 99.61m));
        await ReportAsync(ledger, Start.AddDays(1), stated: false, ("narrative", 98.6m));

        Assert.Equal(99.61m, (await OneAsync(ledger)).Current.Value.Number);
    }

    [Fact]
    public async Task Append_WithdrawnThenReportedAgain_CountsEachAsARevision()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: false, ("forms", 5m));
        await ReportAsync(ledger, Start.AddDays(1), stated: false, ("forms", null));
        Assert.Equal((2, "", 'M'), await NowAsync());
        await ReportAsync(ledger, Start.AddDays(2), stated: false, ("forms", 5m));
        Assert.Equal((3, "5", 'A'), await NowAsync());

        async Task<(int, string, char)> NowAsync()
        {
            var figure = await OneAsync(ledger);
            return (figure.Revision, figure.Current.Value.ToString(), figure.Current.Status);
        }
    }

    [Fact]
    public async Task Append_HistoryBeforeARepetition_DoesNotHideThatItWasRepeatedLater()
    {
        // The source said 5 on the 20th and again on the 30th; on the 25th a paper said 6. At the end of it all, 5 stands.
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: false, ("forms", 5m));
        await ReportAsync(ledger, Start.AddDays(10), stated: false, ("forms", 5m));
        await ReportAsync(ledger, Start.AddDays(5), stated: true, ("forms", 6m));

        Assert.Equal(5m, (await OneAsync(ledger)).Current.Value.Number);
        Assert.Equal(6m, (await OneAsync(ledger, asOf: Start.AddDays(6))).Current.Value.Number);
        Assert.Equal(3, (await OneAsync(ledger)).Revision);
    }

    [Fact]
    public async Task Append_RepetitionOfOneOfTwoStatementsOfOneInstant_DecidesBetweenThem()
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated: true, ("forms", 5m));
        await ReportAsync(ledger, Start, stated: true, ("forms", 3m));

        await ReportAsync(ledger, Start.AddDays(5), stated: false, ("forms", 3m));

        Assert.Equal(3m, (await OneAsync(ledger)).Current.Value.Number);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_ASourceRepeatingItself_DoesNotUndoAnEquallyTrustedOne(bool stated)
    {
        var ledger = await CreateAsync();
        await ReportAsync(ledger, Start, stated, ("inbox", 1m));
        await ReportAsync(ledger, Start.AddDays(1), stated, ("http", 2m));
        await ReportAsync(ledger, Start.AddDays(2), stated, ("inbox", 1m));

        var figure = await OneAsync(ledger);
        Assert.Equal((2m, 2, "http"), (figure.Current.Value.Number, figure.Revision, figure.Current.Source));
    }

    /// <summary>Any order and repetition of the same reports ends in the same view, now and as of every instant.</summary>
    [Fact]
    public void Read_ReportsInAnyOrderAndRepeated_GivesTheSameView()
    {
        var report =
            from day in Gen.Choose(0, 6)
            from source in Gen.Elements("forms", "narrative", "inbox")
            from vintage in Gen.Elements(Enum.GetValues<Vintage>())
            from value in Gen.OneOf(Gen.Choose(1, 3).Select(number => (decimal?)number), Gen.Constant((decimal?)null))
            select (Day: day, Source: source, Vintage: vintage, Value: value);
        var reports = Gen.NonEmptyListOf(report).Select(list => list.ToArray());
        Prop.ForAll(
                reports.ToArbitrary(),
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                async (list, seed) =>
                {
                    var order = new System.Random(seed);
                    var shuffled = list.Concat(list.Where(_ => order.Next(3) == 0)).OrderBy(_ => order.Next()).ToArray();
                    return (await ViewsAfter(list)).SequenceEqual(await ViewsAfter(shuffled));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    /// <summary>Heard live, where repetitions are not stored, or entered from papers in any order, where they are: the same view at the end.</summary>
    [Fact]
    public void Read_HeardLiveOrEnteredFromPapersInAnyOrder_GivesTheSameView()
    {
        var report =
            from source in Gen.Elements("forms", "narrative", "inbox")
            from vintage in Gen.Elements(Vintage.Estimate, Vintage.Official)
            from value in Gen.OneOf(Gen.Choose(1, 2).Select(number => (decimal?)number), Gen.Constant((decimal?)null))
            select (Source: source, Vintage: vintage, Value: value);
        Prop.ForAll(
                Gen.NonEmptyListOf(report).Select(list => list.Take(7).ToArray()).ToArbitrary(),
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                (list, seed) => SameLiveAndFromPapers(list, seed)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private async Task<bool> SameLiveAndFromPapers((string Source, Vintage Vintage, decimal? Value)[] reports, int seed)
    {
        var order = new System.Random(seed);
        var live = await CreateAsync();
        var papers = await CreateAsync();
        var dated = reports.Select((report, day) => (report, day)).ToList();
        foreach (var (report, day) in dated)
            await ReportAsync(live, Start.AddDays(day), stated: false, (report.Source, report.Value), report.Vintage);
        foreach (var (report, day) in dated.OrderBy(_ => order.Next()))
            await ReportAsync(papers, Start.AddDays(day), stated: true, (report.Source, report.Value), report.Vintage);
        var (one, other) = (await OneAsync(live), await OneAsync(papers));
        return (one.Current, one.Revision) == (other.Current, other.Revision);
    }

    /// <summary>The view as of an instant is the view of a ledger that got only what was received by then.</summary>
    [Fact]
    public void Read_AsOfAnInstant_EqualsReplayUpToIt()
    {
        var report =
            from value in Gen.OneOf(Gen.Choose(1, 3).Select(number => (decimal?)number), Gen.Constant((decimal?)null))
            from source in Gen.Elements("forms", "narrative")
            select (Source: source, Value: value);
        Prop.ForAll(Gen.NonEmptyListOf(report).Select(list => list.Take(8).ToArray()).ToArbitrary(), list => ReplayAgrees(list))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    private async Task<bool> ReplayAgrees((string Source, decimal? Value)[] reports)
    {
        var whole = await CreateAsync();
        var replay = await CreateAsync();
        for (var i = 0; i < reports.Length; i++)
            await ReportAsync(whole, Start.AddDays(i), stated: false, reports[i]);
        for (var i = 0; i < reports.Length; i++)
        {
            await ReportAsync(replay, Start.AddDays(i), stated: false, reports[i]);
            var (then, now) = (await OneAsync(whole, Start.AddDays(i)), await OneAsync(replay));
            if ((then.Current, then.Revision) != (now.Current, now.Revision) || !then.Earlier.SequenceEqual(now.Earlier))
                return false;
        }
        return true;
    }

    private async Task<List<(Statement?, int?)>> ViewsAfter((int Day, string Source, Vintage Vintage, decimal? Value)[] reports)
    {
        var ledger = await CreateAsync();
        foreach (var (day, source, vintage, value) in reports)
            await ReportAsync(ledger, Start.AddDays(day), stated: true, (source, value), vintage);
        var views = new List<(Statement?, int?)>();
        for (var day = 0; day <= 6; day++)
        {
            var series = await ReadAsync(ledger, Start.AddDays(day));
            var figure = series.SingleOrDefault()?.Figures(TestCatalog.Set.TrustIn).SingleOrDefault();
            views.Add((figure?.Current, figure?.Revision));
        }
        return views;
    }

    private static ReportHeader Header(string source, DateTimeOffset at, bool stated) =>
        new(TestCatalog.Set.Code, source, "test.csv", at, stated, at, "test");

    private static async Task<ReportReceipt> ReportAsync(
        ILedger ledger,
        DateTimeOffset at,
        bool stated,
        (string Source, decimal? Value) statement,
        Vintage vintage = Vintage.Official
    )
    {
        await using var report = await ledger.BeginAsync(Header(statement.Source, at, stated), Token);
        var (value, status) = statement.Value is { } number ? (FigureValue.Of(number), 'A') : (FigureValue.None, 'M');
        await report.AppendAsync(TestCatalog.Series(TestCatalog.Flow, Frequency.Year), Year, value, status, vintage, null, Token);
        return await report.CommitAsync(0, Token);
    }

    private static async Task<List<SeriesStatements>> ReadAsync(ILedger ledger, DateTimeOffset? asOf = null)
    {
        var all = new List<SeriesStatements>();
        await foreach (var series in ledger.ReadAsync(new FigureQuery(AsOf: asOf), Token))
            all.Add(series);
        return all;
    }

    private static async Task<Figure> OneAsync(ILedger ledger, DateTimeOffset? asOf = null) =>
        Assert.Single(Assert.Single(await ReadAsync(ledger, asOf)).Figures(TestCatalog.Set.TrustIn));
}
