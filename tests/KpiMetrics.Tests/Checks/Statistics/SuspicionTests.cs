using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Checks;
using KpiMetrics.Pipeline.Checks.Statistics;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Tests.Checks.Statistics;

/// <summary>Figures that are not like their past, from the report to the ledger's finding and its end.</summary>
public sealed class SuspicionTests
{
    private static readonly DateTimeOffset Noon = CheckWorld.Noon;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UnitSlip_ByAThousand_IsFoundWithItsNumbersAndResolvedOnceCorrected()
    {
        using var world = await WorldAsync(Communes.Wrong("09001", "2026-03", 1000m));

        Assert.Equal((1, 1, 1, 0), Counts(await RunAsync(world, Noon)));

        var kept = Assert.Single(await KeptAsync(world));
        Assert.Equal(("unit-slip", "forms", "", "2026-03"), (kept.Code, kept.Source, kept.Against, kept.Period.ToString()));
        Assert.Equal(
            "XA-A02.01 \"Tổng sản lượng\": số liệu tháng 3/2026 (1.464.100 tấn) cao gấp khoảng 1.000 lần cùng kỳ năm 2025 (1.331 tấn): nghi nhầm kg với tấn.",
            kept.Sentence.Replace(",0 ", " ", StringComparison.Ordinal)
        );
        Assert.Equal(1_464_100m, kept.Stated);
        Assert.InRange(kept.Recomputed.GetValueOrDefault(), 1400m, 1530m);
        Assert.Equal(kept.Stated - kept.Recomputed, kept.Difference);

        await world.ReportAsync("forms", Noon.AddMinutes(1), Communes.Lines("09001", "2026-03", "2026-03"));
        Assert.Equal((1, 0, 0, 1), Counts(await RunAsync(world, Noon.AddMinutes(2))));
        Assert.Equal(Noon.AddMinutes(2), Assert.Single(await KeptAsync(world)).ResolvedAt);
    }

    [Fact]
    public async Task Stuck_LastMonthsDigits_AreFound()
    {
        var last = Communes.At("09001", Period.Parse("2026-02"));
        using var world = await WorldAsync(Communes.Line("09001", Period.Parse("2026-03"), last));

        var found = Assert.Single(await world.SuspectAsync());

        Assert.Equal(("stuck", "09001@2010-01-01"), (found.Code, found.Area));
        Assert.EndsWith(
            "giống hệt tháng 2/2026 đến từng chữ số: nghi chép lại số liệu kỳ trước.",
            found.Vietnamese,
            StringComparison.Ordinal
        );
        Assert.Equal(Period.Parse("2026-02"), Assert.Single(found.Inputs).Period);
    }

    [Fact]
    public async Task Doubled_AmongAreasThatDidNot_IsFound()
    {
        using var world = await WorldAsync(Communes.Wrong("09104", "2026-03", 2m));

        var found = Assert.Single(await world.SuspectAsync());

        Assert.Equal(("doubled", "09104@2010-01-01"), (found.Code, found.Area));
    }

    [Fact]
    public async Task NewSeries_OtherAreas_LendTheirSpread()
    {
        string[] two = [.. Communes.Lines("09106", "2026-01", "2026-02"), Communes.Wrong("09106", "2026-03", 1000m)];
        using var world = await CheckWorld.CreateAsync(
            Communes.Change,
            [.. Communes.Codes[..7].SelectMany(code => Communes.Lines(code, "2022-01", "2026-03")), .. two]
        );

        Assert.Equal("unit-slip", Assert.Single(await world.SuspectAsync()).Code);

        using var alone = await CheckWorld.CreateAsync(Communes.Change, two);
        var result = Assert.Single(await alone.CheckAsync());
        Assert.Equal((0, 0, 3), (result.Findings.Count, result.Tested, result.Untestable));
        Assert.Equal(
            ["2026-01: cannot test: 0 points", "2026-02: cannot test: 1 points", "2026-03: cannot test: 2 points"],
            result.Untestables.Select(one => $"{one.About.Period}: {one.Why}")
        );
    }

    [Fact]
    public async Task Outlier_OfAnEmergency_IsExplainedWhenItIsDeclared()
    {
        using var world = await WorldAsync(Communes.Wrong("09001", "2026-03", 0.61m));
        var stage = Stage(world);
        Assert.Equal((1, 1, 1, 0), Counts(await RunAsync(world, Noon)));
        Assert.Equal("outlier", Assert.Single(await KeptAsync(world)).Code);
        Assert.Empty(await stage.ReadDueAsync(Noon.AddHours(1), Token));

        var commune = world.Catalog.AreasWithCode("09001").Single().Id;
        var flood = new Emergency(0, "12/QĐ-UBND", [commune], Noon.AddDays(-20), Noon.AddDays(-18), Noon, "an", null);
        await world.Ledger.DeclareAsync(flood, "", Token);

        Assert.Equal(["xa"], await stage.ReadDueAsync(Noon.AddHours(1), Token));
        Assert.Equal((1, 0, 0, 1), Counts(await RunAsync(world, Noon.AddHours(1))));
        Assert.Empty(await stage.ReadDueAsync(Noon.AddHours(2), Token));
    }

    [Fact]
    public async Task Outlier_OfAnEventThatTheSetNamesNow_IsExplainedByTheNextCheckOfTheSet()
    {
        using var world = await WorldAsync(Communes.Wrong("09001", "2026-03", 0.61m));
        Assert.Equal((1, 1, 1, 0), Counts(await RunAsync(world, Noon)));
        var flood = new SetEvent("Lũ quét", new(2026, 3, 10), new(2026, 3, 12), ["09001"], [], null);
        var stage = Stage(world, Knowing(world, flood));

        Assert.Equal(["xa"], await stage.ReadDueAsync(Noon.AddHours(1), Token));
        Assert.Equal((1, 0, 0, 1), Counts(await stage.RunAsync("xa", () => Noon.AddHours(1), null, Token)));
        Assert.Empty(await stage.ReadDueAsync(Noon.AddHours(2), Token));

        // As does one that is no longer named, or moved: the figure is then as odd as before.
        Assert.Equal(["xa"], await Stage(world).ReadDueAsync(Noon.AddHours(2), Token));
        var earlier = Stage(world, Knowing(world, flood with { From = new(2026, 2, 10), To = new(2026, 2, 12) }));
        Assert.Equal(["xa"], await earlier.ReadDueAsync(Noon.AddHours(2), Token));
        Assert.Equal(1, (await earlier.RunAsync("xa", () => Noon.AddHours(2), null, Token)).Firing);
    }

    /// <summary>A history is loaded that has a flood in it: nobody could declare an emergency for that any more.</summary>
    [Fact]
    public async Task Event_InTheHistory_IsNoPastOfTheSameMonthAYearLater()
    {
        using var world = await WorldAsync(Communes.Wrong("09001", "2025-03", 0.61m), Communes.Wrong("09001", "2026-03", 0.61m));
        // As low as a year ago: that looks like the season, and is odd beside the other communes alone.
        Assert.DoesNotContain(
            await world.SuspectAsync(),
            one => one.Period == Period.Parse("2026-03") && one.Code != "sibling-disagreement"
        );

        var flood = new SetEvent("Lũ quét", new(2025, 3, 10), new(2025, 3, 12), ["09001"], ["XA-A02"], null);
        await Stage(world, Knowing(world, flood)).RunAsync("xa", () => Noon, null, Token);

        var kept = Assert.Single(await KeptAsync(world));
        Assert.Equal(("outlier", "2026-03"), (kept.Code, kept.Period.ToString()));
    }

    [Fact]
    public async Task UnitSlip_InAnEmergency_IsFoundAllTheSame()
    {
        using var world = await WorldAsync(Communes.Wrong("09001", "2026-03", 1000m));
        var province = world.Catalog.AreasWithCode("97").Single().Id;
        var flood = new Emergency(0, "12/QĐ-UBND", [province], Noon.AddDays(-20), Noon.AddDays(-18), Noon, "an", null);
        await world.Ledger.DeclareAsync(flood, "", Token);

        Assert.Equal((1, 1, 1, 0), Counts(await RunAsync(world, Noon)));
    }

    [Fact]
    public async Task Finding_OfAMonthLongPast_HoldsUntilItIsCorrected()
    {
        using var world = await CheckWorld.CreateAsync(
            Communes.Change,
            Communes.Lines("2022-01", "2024-02").Append(Communes.Wrong("09001", "2024-03", 1000m))
        );
        Assert.Equal((1, 1, 1, 0), Counts(await RunAsync(world, Noon)));

        // Two years later it is neither among the newest nor forgotten.
        await world.ReportAsync(
            "forms",
            Noon.AddMinutes(1),
            Communes.Lines("2024-03", "2026-03").Where(line => !line.StartsWith("A02.01 09001 2024-03", StringComparison.Ordinal))
        );
        Assert.Equal((1, 1, 0, 0), Counts(await RunAsync(world, Noon.AddMinutes(2))));
        Assert.Equal(Noon, Assert.Single(await KeptAsync(world)).FoundAt);
        Assert.Empty(await world.SuspectAsync()); // a first look would not go that far back

        await world.ReportAsync("forms", Noon.AddMinutes(3), Communes.Lines("09001", "2024-03", "2024-03"));
        Assert.Equal((1, 0, 0, 1), Counts(await RunAsync(world, Noon.AddMinutes(4))));
    }

    [Fact]
    public async Task Correction_OfAMonthLongPast_IsTested()
    {
        using var world = await WorldAsync();
        Assert.Equal((1, 0, 0, 0), Counts(await RunAsync(world, Noon)));

        await world.ReportAsync("forms", Noon.AddDays(2), Communes.Wrong("09001", "2024-03", 1000m));

        Assert.Equal((1, 1, 1, 0), Counts(await RunAsync(world, Noon.AddDays(2))));
    }

    [Fact]
    public async Task MadeUpFigures_AreNeitherTestedNorThePastOfRealOnes()
    {
        using var world = await CheckWorld.CreateAsync(Communes.Change);
        await world.ReportAsync(
            "demo",
            Noon,
            [.. Communes.Lines("2022-01", "2026-01"), Communes.Wrong("09001", "2026-02", 1000m)]
        );
        await world.ReportAsync("forms", Noon, Communes.Wrong("09001", "2026-03", 1000m));

        var result = Assert.Single(await world.CheckAsync());
        Assert.Equal((0, 0, 1), (result.Findings.Count, result.Tested, result.Untestable));
    }

    [Fact]
    public async Task Merger_FirstMonthOfTheNewCommune_IsExplainedAndTheNextIsHeldAgainstTheSumOfTheOldOnes()
    {
        const string Line = """  - {code: "09001", name: Xã Ất, level: commune, from: 2010-01-01, parent: "97"}""";
        const string Lines = """
              - {code: "09011", name: Xã Ất Một, level: commune, from: 2010-01-01, to: 2026-01-31, parent: "97"}
              - {code: "09012", name: Xã Ất Hai, level: commune, from: 2010-01-01, to: 2026-01-31, parent: "97"}
              - {code: "09001", name: Xã Ất, level: commune, from: 2026-02-01, parent: "97", predecessors: [{code: "09011"}, {code: "09012"}]}
            """;
        string[] Old(string code, decimal part) =>
            [
                .. Communes
                    .Lines("09001", "2022-01", "2026-01")
                    .Select(line => line.Split(' '))
                    .Select(cells =>
                        Communes.Line(code, Period.Parse(cells[2]), Communes.At("09001", Period.Parse(cells[2])) * part)
                    ),
            ];
        using var world = await CheckWorld.CreateAsync(
            text => text.Replace(Line, Lines, StringComparison.Ordinal),
            [.. Old("09011", 0.4m), .. Old("09012", 0.6m), Communes.Wrong("09001", "2026-02", 0.61m)]
        );
        Assert.Empty(await world.SuspectAsync());

        await world.ReportAsync("forms", Noon.AddMinutes(1), Communes.Wrong("09001", "2026-03", 0.61m));
        var found = Assert.Single(await world.SuspectAsync());

        Assert.Equal(("outlier", "2026-03"), (found.Code, found.Period.ToString()));
    }

    [Fact]
    public async Task Touched_ASeriesThatSlipped_IsFoundAtOnceAsTheCheckOfTheSetWould()
    {
        using var world = await WorldAsync();
        await RunAsync(world, Noon);
        await world.ReportAsync("forms", Noon.AddMinutes(1), Communes.Wrong("09001", "2026-04", 1000m));
        await world.ReportAsync("forms", Noon.AddMinutes(1), Communes.Lines("08999", "2026-04", "2026-04"));

        var touched = await TouchAsync(world, Noon.AddMinutes(2), "09001", "08999");

        Assert.Equal(((1, 1, 1, 0), 24), (Counts(touched), touched.Tested + touched.Untestable));
        var kept = Assert.Single(await KeptAsync(world));
        Assert.Equal(("unit-slip", Noon.AddMinutes(2)), (kept.Code, kept.FoundAt));
        Assert.Equal((1, 1, 0, 0), Counts(await RunAsync(world, Noon.AddMinutes(3))));
        Assert.Equal(kept with { CheckedAt = Noon.AddMinutes(3) }, Assert.Single(await KeptAsync(world)));

        await world.ReportAsync("forms", Noon.AddMinutes(4), Communes.Lines("09001", "2026-04", "2026-04"));
        Assert.Equal((1, 0, 0, 1), Counts(await TouchAsync(world, Noon.AddMinutes(5), "09001")));
    }

    [Fact]
    public async Task Touched_ASeriesTooShortForAPast_IsHeldAgainstOtherAreas()
    {
        string[] three = [.. Communes.Lines("09106", "2026-01", "2026-02"), Communes.Wrong("09106", "2026-03", 1000m)];
        using var world = await CheckWorld.CreateAsync(
            Communes.Change,
            [.. Communes.Codes[..7].SelectMany(code => Communes.Lines(code, "2022-01", "2026-03")), .. three]
        );

        var touched = await TouchAsync(world, Noon, "09106");

        Assert.Equal((1, 1, 1, 0), Counts(touched));
        Assert.Equal((2, 1), (touched.Tested, touched.Untestable)); // of the first there is nothing to move
        Assert.Equal("unit-slip", Assert.Single(await KeptAsync(world)).Code);
    }

    [Fact]
    public async Task Touched_NewFromAMonthOn_IsTestedFromThereAndWhereASuspicionIsOpen()
    {
        using var world = await WorldAsync();
        await world.ReportAsync("forms", Noon.AddMinutes(1), Communes.Wrong("09001", "2026-04", 1000m));

        var slipped = await TouchSinceAsync(world, Noon.AddMinutes(2), "09001", "2026-04");

        Assert.Equal(((1, 1, 1, 0), 1), (Counts(slipped), slipped.Tested + slipped.Untestable));

        await world.ReportAsync("forms", Noon.AddMinutes(3), Communes.Lines("09001", "2026-05", "2026-05"));
        var next = await TouchSinceAsync(world, Noon.AddMinutes(4), "09001", "2026-05");

        Assert.Equal(((1, 1, 0, 0), 2), (Counts(next), next.Tested + next.Untestable));
        Assert.Null(Assert.Single(await KeptAsync(world)).ResolvedAt);
    }

    /// <summary>Eight communes from 2022-01 to 2026-03, and what is said of some months instead.</summary>
    private static Task<CheckWorld> WorldAsync(params IEnumerable<string> instead)
    {
        var others = instead.ToDictionary(line => line[..line.LastIndexOf(' ')], StringComparer.Ordinal);
        return CheckWorld.CreateAsync(
            Communes.Change,
            Communes.Lines("2022-01", "2026-03").Select(line => others.GetValueOrDefault(line[..line.LastIndexOf(' ')], line))
        );
    }

    private static CatalogSnapshot Knowing(CheckWorld world, SetEvent known) =>
        new([world.Catalog.Sets[0] with { Events = [known] }], world.Catalog.Areas);

    private static CheckStage Stage(CheckWorld world, CatalogSnapshot? catalog = null) =>
        new(catalog ?? world.Catalog, world.Ledger, world.Ledger, world.Ledger, "rules", TimeSpan.Zero);

    private static Task<SetChecked> RunAsync(CheckWorld world, DateTimeOffset at) =>
        Stage(world).RunAsync("xa", () => at, null, Token);

    private static Task<SetChecked> TouchAsync(CheckWorld world, DateTimeOffset at, params string[] communes) =>
        new TouchedChecks(world.Catalog, world.Ledger, world.Ledger, world.Ledger).RunAsync(
            "xa",
            [.. communes.Select(code => world.Key("A02.01", code, Frequency.Month))],
            at,
            null,
            Token
        );

    private static Task<SetChecked> TouchSinceAsync(CheckWorld world, DateTimeOffset at, string commune, string since) =>
        new TouchedChecks(world.Catalog, world.Ledger, world.Ledger, world.Ledger).RunAsync(
            "xa",
            new Dictionary<SeriesKey, Period?> { [world.Key("A02.01", commune, Frequency.Month)] = Period.Parse(since) },
            at,
            null,
            Token
        );

    private static (int Measures, int Firing, int Added, int Resolved) Counts(SetChecked result) =>
        (result.Measures, result.Firing, result.Added, result.Resolved);

    private static async Task<List<KeptFinding>> KeptAsync(CheckWorld world)
    {
        var kept = new List<KeptFinding>();
        await foreach (var finding in world.Ledger.ReadFindingsAsync("xa", onlyFiring: false, Token))
            kept.Add(finding);
        return kept;
    }
}
