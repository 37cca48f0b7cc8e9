using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What every ledger must do with findings, whatever it is kept in.</summary>
public abstract class FindingsContract
{
    private const string Rules = "catalog build";

    private static readonly DateTimeOffset At = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(7));
    private static readonly DateTimeOffset Later = At.AddMinutes(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, migrated ledger.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Keep_ANewFinding_IsThereDigitForDigit()
    {
        var findings = (IFindings)await CreateAsync();
        var finding = Of(TestCatalog.Crops, "2026-10", "99.610") with
        {
            Subject = "lua",
            Recomputed = 98.60051609211099628642591880m,
            Difference = 1.010m,
        };

        var changes = await KeepAsync(findings, TestCatalog.Crops, At, finding);

        Assert.Equal(new(1, 1, 0), changes);
        var kept = Assert.Single(await ReadAsync(findings));
        Assert.Equal(TestCatalog.Series(TestCatalog.Crops, Frequency.Month, "lua"), kept.Series);
        Assert.Equal(
            ("2026-10", "identity-sum", "forms", finding.Vietnamese),
            (kept.Period.ToString(), kept.Code, kept.Source, kept.Sentence)
        );
        Assert.Equal("99.610 98.60051609211099628642591880 1.010", Digits(kept));
        Assert.Equal((At, At, null), (kept.FoundAt, kept.CheckedAt, kept.ResolvedAt));
    }

    [Fact]
    public async Task Keep_WhatCannotBeComputed_HasNeitherNumber()
    {
        var findings = (IFindings)await CreateAsync();
        var finding = Of(TestCatalog.Rate, "2026-10", "5") with
        {
            Verdict = FindingVerdict.NotComputable,
            Reason = new(Incomputable.ZeroDenominator, [], 1m),
            Recomputed = null,
            Difference = null,
            Source = null,
        };

        await KeepAsync(findings, TestCatalog.Rate, At, finding);

        var kept = Assert.Single(await ReadAsync(findings));
        Assert.Equal(("not-computable", "", null, null), (kept.Code, kept.Source, kept.Recomputed, kept.Difference));
    }

    [Fact]
    public async Task Keep_FoundAgain_GoesOnUnderItsNumberSinceItWasFoundFirst()
    {
        var findings = (IFindings)await CreateAsync();
        await KeepAsync(findings, TestCatalog.Rate, At, Of(TestCatalog.Rate, "2026-10", "5"));
        var first = Assert.Single(await ReadAsync(findings));

        var same = await KeepAsync(findings, TestCatalog.Rate, Later, Of(TestCatalog.Rate, "2026-10", "5"));
        var kept = Assert.Single(await ReadAsync(findings));
        Assert.Equal((new(1, 0, 0), first with { CheckedAt = Later }), (same, kept));

        // The figure was restated, and is still wrong.
        var restated = Of(TestCatalog.Rate, "2026-10", "5.5");
        var changes = await KeepAsync(findings, TestCatalog.Rate, Later, restated);

        kept = Assert.Single(await ReadAsync(findings));
        Assert.Equal((new(1, 0, 0), first.Id, At), (changes, kept.Id, kept.FoundAt));
        Assert.Equal((restated.Vietnamese, 5.5m), (kept.Sentence, kept.Stated));
    }

    [Fact]
    public async Task Keep_NoLongerFound_IsResolvedAndOtherMeasuresAreNot()
    {
        var findings = (IFindings)await CreateAsync();
        await KeepAsync(
            findings,
            TestCatalog.Rate,
            At,
            Of(TestCatalog.Rate, "2026-09", "4"),
            Of(TestCatalog.Rate, "2026-10", "5")
        );
        await KeepAsync(findings, TestCatalog.Flow, At, Of(TestCatalog.Flow, "2026-10", "5"));

        var changes = await KeepAsync(findings, TestCatalog.Rate, Later, Of(TestCatalog.Rate, "2026-09", "4"));

        Assert.Equal(new(1, 0, 1), changes);
        Assert.Equal(
            [
                ("T-01.01", "2026-10", At, (DateTimeOffset?)null),
                ("T-01.03", "2026-09", Later, null),
                ("T-01.03", "2026-10", At, Later),
            ],
            (await ReadAsync(findings)).Select(one => (one.Series.Measure, one.Period.ToString(), one.CheckedAt, one.ResolvedAt))
        );
        Assert.Equal(2, (await ReadAsync(findings, onlyFiring: true)).Count);
        Assert.Equal(default, await KeepAsync(findings, TestCatalog.Index, Later));
    }

    [Fact]
    public async Task Keep_FoundOnceMoreAfterItWasResolved_GoesOnAsIfItHadNeverBeen()
    {
        var findings = (IFindings)await CreateAsync();
        await KeepAsync(findings, TestCatalog.Rate, At, Of(TestCatalog.Rate, "2026-10", "5"));
        var first = Assert.Single(await ReadAsync(findings));
        Assert.Equal(new(0, 0, 1), await KeepAsync(findings, TestCatalog.Rate, Later));
        Assert.Equal(default, await KeepAsync(findings, TestCatalog.Rate, Later.AddMinutes(5)));
        Assert.Equal(first with { ResolvedAt = Later }, Assert.Single(await ReadAsync(findings)));

        var again = Later.AddHours(1);
        Assert.Equal(new(1, 1, 0), await KeepAsync(findings, TestCatalog.Rate, again, Of(TestCatalog.Rate, "2026-10", "5")));

        Assert.Equal(first with { CheckedAt = again }, Assert.Single(await ReadAsync(findings)));
    }

    [Fact]
    public async Task Keep_SeveralOfOneFigureAndCode_AreToldApartAndResolvedOneByOne()
    {
        var findings = (IFindings)await CreateAsync();
        var figure = Of(TestCatalog.Rate, "2026-10", "5");
        Finding[] all =
        [
            figure,
            figure with
            {
                Inputs = [Input(TestCatalog.Index, "forms")],
            },
            figure with
            {
                Inputs = [Input(TestCatalog.Flow, "narrative")],
            },
            figure with
            {
                Source = "narrative",
            },
            figure with
            {
                Period = Period.Parse("2026-Q3"),
            },
            figure with
            {
                Kind = CheckKind.AtMost,
            },
            figure, // by no rule that is known: still none is lost
        ];
        await KeepAsync(findings, TestCatalog.Rate, At, all);
        Assert.Equal(all.Length, (await ReadAsync(findings)).Count);

        Assert.Equal(new(6, 0, 1), await KeepAsync(findings, TestCatalog.Rate, Later, all[1..]));
        Assert.Equal(new(5, 0, 1), await KeepAsync(findings, TestCatalog.Rate, Later, all[2..]));

        var resolved = (await ReadAsync(findings)).Where(one => one.ResolvedAt is not null).Select(one => one.Against);
        Assert.Equal(["T-01.01@forms 2", "T-01.04@forms"], resolved.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Keep_HeldAgainstHundredsOfRows_IsOne()
    {
        var findings = (IFindings)await CreateAsync();
        var inputs = Enumerable.Range(0, 400).Select(row => Input(TestCatalog.Flow with { Code = $"T-01.{row}" }, "forms"));
        var finding = Of(TestCatalog.Rate, "2026-10", "5") with { Inputs = [.. inputs] };

        await KeepAsync(findings, TestCatalog.Rate, At, finding);

        Assert.Equal(new(1, 0, 0), await KeepAsync(findings, TestCatalog.Rate, Later, finding));
    }

    [Fact]
    public async Task Keep_OfAnotherMeasure_IsRefused()
    {
        var findings = (IFindings)await CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() =>
            KeepAsync(findings, TestCatalog.Rate, At, Of(TestCatalog.Flow, "2026-10", "5"))
        );
    }

    [Fact]
    public async Task KeepSuspicions_OfSomeSeries_LeavesContradictionsAndOtherSeriesAsTheyAre()
    {
        var findings = (IFindings)await CreateAsync();
        var tested = TestCatalog.Series(TestCatalog.Rate, Frequency.Month);
        Finding[] all =
        [
            Of(TestCatalog.Rate, "2026-09", "5"),
            Suspicion("2026-09"),
            Suspicion("2026-10"),
            Suspicion("2026-10") with
            {
                Area = "27@1997-01-01",
            },
            Suspicion("2026-Q3"),
        ];
        await KeepAsync(findings, TestCatalog.Rate, At, all);

        var changes = await findings.KeepSuspicionsAsync(
            "test",
            "T-01.03",
            [tested],
            [Suspicion("2026-10"), Suspicion("2026-11")],
            Later,
            null,
            Token
        );

        Assert.Equal(new(2, 1, 1), changes);
        Assert.Equal(
            [
                ("2026-Q3", "outlier", "24@1997-01-01", At, (DateTimeOffset?)null),
                ("2026-09", "identity-sum", "24@1997-01-01", At, null),
                ("2026-09", "outlier", "24@1997-01-01", At, Later),
                ("2026-10", "outlier", "24@1997-01-01", Later, null),
                ("2026-11", "outlier", "24@1997-01-01", Later, null),
                ("2026-10", "outlier", "27@1997-01-01", At, null),
            ],
            (await ReadAsync(findings))
                .OrderBy(one => one.Series.Area, StringComparer.Ordinal)
                .ThenByDescending(one => one.Series.Frequency)
                .ThenBy(one => one.Period)
                .ThenBy(one => one.Code, StringComparer.Ordinal)
                .Select(one => (one.Period.ToString(), one.Code, one.Series.Area, one.CheckedAt, one.ResolvedAt))
        );
    }

    [Fact]
    public async Task Keep_UnderAClaimThatAnotherTook_IsThrownAway()
    {
        var ledger = await CreateAsync();
        var (findings, claims) = ((IFindings)ledger, (IClaims)ledger);
        var stale = await TakeAsync(claims, "an");
        await findings.BeginCheckAsync("test", Rules, stale, Token);
        await findings.KeepFindingsAsync("test", "T-01.03", [Of(TestCatalog.Rate, "2026-10", "5")], At, stale, Token);
        await claims.RenewClaimAsync(stale, TimeSpan.Zero, Token);
        await TakeAsync(claims, "binh");

        await Assert.ThrowsAsync<ClaimLostException>(() =>
            findings.KeepFindingsAsync("test", "T-01.03", [], Later, stale, Token)
        );
        await Assert.ThrowsAsync<ClaimLostException>(() => findings.EndCheckAsync("test", Later, stale, Token));
        await Assert.ThrowsAsync<ClaimLostException>(() => findings.BeginCheckAsync("test", "others", stale, Token));

        Assert.Null(Assert.Single(await ReadAsync(findings)).ResolvedAt);
        Assert.Equal(new("test", Rules, false, null), Assert.Single(await findings.ReadChecksAsync(Token)));
    }

    [Fact]
    public async Task Check_OfASet_IsCurrentFromItsEndUntilSomethingNewIsRecorded()
    {
        var ledger = await CreateAsync();
        var findings = (IFindings)ledger;
        await ReportAsync(ledger, "test", 1m);
        Assert.Empty(await findings.ReadChecksAsync(Token));

        await findings.BeginCheckAsync("test", Rules, null, Token);
        Assert.Equal(new("test", Rules, false, null), await CheckAsync(findings));
        await findings.EndCheckAsync("test", At, null, Token);
        Assert.Equal(new("test", Rules, true, At), await CheckAsync(findings));

        await ReportAsync(ledger, "test", 1m); // said before
        await ReportAsync(ledger, "other", 2m);
        Assert.True((await CheckAsync(findings)).IsCurrent);

        await ReportAsync(ledger, "test", 2m);
        Assert.Equal(new("test", Rules, false, At), await CheckAsync(findings));
    }

    [Fact]
    public async Task Check_SomethingIsRecordedWhileItRuns_IsNotCurrentAtItsEnd()
    {
        var ledger = await CreateAsync();
        var findings = (IFindings)ledger;
        await findings.BeginCheckAsync("test", Rules, null, Token);
        await ReportAsync(ledger, "test", 1m);
        await findings.EndCheckAsync("test", At, null, Token);
        Assert.Equal(new("test", Rules, false, At), await CheckAsync(findings));

        await findings.BeginCheckAsync("test", Rules, null, Token);
        await findings.EndCheckAsync("test", Later, null, Token);
        Assert.Equal(new("test", Rules, true, Later), await CheckAsync(findings));

        await PlanAsync(ledger, 100m);
        Assert.False((await CheckAsync(findings)).IsCurrent);
    }

    [Fact]
    public async Task Check_BeginsWhileAReportIsWritten_SeesItOrIsNotCurrent()
    {
        var ledger = await CreateAsync();
        var findings = (IFindings)ledger;
        await ReportAsync(ledger, "test", 1m);
        Task<int>? checking = null;

        await ReportAsync(
            ledger,
            "test",
            2m,
            () =>
            {
                checking = Task.Run(async () =>
                {
                    await findings.BeginCheckAsync("test", Rules, null, Token);
                    return await CountAsync(ledger);
                });
                return Task.WhenAny(checking, Task.Delay(TimeSpan.FromMilliseconds(200), Token));
            }
        );
        var seen = await Assert.IsType<Task<int>>(checking, exactMatch: false);
        await findings.EndCheckAsync("test", At, null, Token);

        // SQLite lets the check wait for the report; PostgreSQL lets it begin, and the report is for the next one.
        Assert.Equal(2, await CountAsync(ledger));
        Assert.True(seen == 2 || !(await CheckAsync(findings)).IsCurrent);
    }

    private static Task<FindingChanges> KeepAsync(
        IFindings findings,
        Measure measure,
        DateTimeOffset at,
        params Finding[] found
    ) => findings.KeepFindingsAsync("test", measure.Code, found, at, null, Token);

    private static async Task<List<KeptFinding>> ReadAsync(IFindings findings, bool onlyFiring = false)
    {
        var all = new List<KeptFinding>();
        await foreach (var finding in findings.ReadFindingsAsync("test", onlyFiring, Token))
            all.Add(finding);
        return all;
    }

    private static async Task<SetCheck> CheckAsync(IFindings findings) => Assert.Single(await findings.ReadChecksAsync(Token));

    /// <summary>A figure of a measure held against the flow of the forms.</summary>
    private static Finding Of(Measure measure, string period, string stated) =>
        new()
        {
            Kind = CheckKind.IdentitySum,
            Verdict = FindingVerdict.Contradiction,
            Set = "test",
            Indicator = "T-01",
            Place = Place.Of(TestCatalog.Set, measure),
            Subject = "",
            Area = "24@1997-01-01",
            Period = Period.Parse(period),
            Stated = PrintedNumber.Of(decimal.Parse(stated, CultureInfo.InvariantCulture), measure),
            Source = "forms",
            Inputs = [Input(TestCatalog.Flow, "forms")],
            Recomputed = 4.25m,
            Difference = decimal.Parse(stated, CultureInfo.InvariantCulture) - 4.25m,
        };

    private static Finding Suspicion(string period)
    {
        var found = new Detection
        {
            Kind = DetectorKind.Outlier,
            Score = 9,
            Period = Period.Parse(period),
            Value = 9m,
            Expected = 4m,
            Lower = 3m,
            Upper = 5m,
        };
        return Of(TestCatalog.Rate, period, "9") with
        {
            Kind = CheckKind.Statistical,
            Verdict = FindingVerdict.Suspicion,
            Detection = found,
        };
    }

    private static FindingInput Input(Measure measure, string source) =>
        new(Place.Of(TestCatalog.Set, measure), PrintedNumber.Of(1m, measure), Source: source);

    private static string Digits(KeptFinding kept) =>
        FormattableString.Invariant($"{kept.Stated} {kept.Recomputed} {kept.Difference}");

    private static async Task<Claim> TakeAsync(IClaims claims, string holder) =>
        await claims.TryTakeClaimAsync("checks", holder, TimeSpan.FromMinutes(10), _ => false, Token)
        ?? throw new InvalidOperationException("The claim was refused.");

    private static async Task<int> CountAsync(ILedger ledger)
    {
        var count = 0;
        await foreach (var series in ledger.ReadAsync(new("test"), Token))
            count += series.Periods.Sum(period => period.Statements.Count);
        return count;
    }

    private static async Task ReportAsync(ILedger ledger, string set, decimal value, Func<Task>? meanwhile = null)
    {
        await using var report = await ledger.BeginAsync(new(set, "forms", "", At, false, At, "test"), Token);
        var series = TestCatalog.Series(TestCatalog.Flow, Frequency.Month) with { Set = set };
        await report.AppendAsync(series, Period.Parse("2026-10"), FigureValue.Of(value), 'A', Vintage.Official, null, Token);
        if (meanwhile is not null)
            await meanwhile();
        await report.CommitAsync(0, Token);
    }

    private static async Task PlanAsync(ILedger ledger, decimal value)
    {
        await using var plans = await ((IPlans)ledger).BeginPlansAsync(new("test", "plan", "", At, true, At, "test"), Token);
        await plans.AppendAsync(
            PlanKey.Of(TestCatalog.Series(TestCatalog.Flow, Frequency.Month)),
            new("", Period.Parse("2026"), value, PlanKind.Assigned, null, At, null),
            [],
            Token
        );
        await plans.CommitAsync(0, Token);
    }
}
