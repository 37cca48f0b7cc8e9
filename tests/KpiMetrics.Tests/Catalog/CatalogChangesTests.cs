using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Catalog.Changes;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Catalog;

/// <summary>Which differences of two versions are seen, and which of them touch the past; today is 20 November 2026.</summary>
public sealed class CatalogChangesTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private static readonly IndicatorSet Monthly = Of(
        TestCatalog.Set.Indicators.First() with
        {
            Frequencies = [Frequency.Month],
        }
    );

    private static readonly RegimeRule Calendar = Monthly.Regime[0];

    public static TheoryData<Func<Measure, Measure>, ChangeKind, string, string, bool> MeasureCases =>
        new()
        {
            { m => m with { Unit = "Tạ" }, ChangeKind.Unit, "Tấn", "Tạ", true },
            { m => m with { Kind = MeasureKind.Stock, DeclaredOverTime = OverTime.Sum }, ChangeKind.Kind, "flow", "stock", true },
            { m => m with { Aggregation = Aggregation.Sum }, ChangeKind.Aggregation, "none", "sum", true },
            { m => m with { DeclaredOverTime = OverTime.Last }, ChangeKind.OverTime, "sum", "last", true },
            {
                m => m with { Derived = new(DerivedRule.Sum, ["T-01.02", "T-01.03"]) },
                ChangeKind.Derivation,
                "reported",
                "sum(T-01.02, T-01.03)",
                true
            },
            {
                m => m with { Identities = [new(IdentityRule.AtMost, ["T-01.02"], null)] },
                ChangeKind.Identities,
                "",
                "at-most(T-01.02)",
                false
            },
            { m => m with { Max = 100m }, ChangeKind.Range, "at least 0", "0 to 100", false },
            { m => m with { MayBeNegative = true }, ChangeKind.Range, "at least 0", "any", false },
            { m => m with { Subjects = [new("lua", "Lúa")] }, ChangeKind.Subjects, "", "lua", true },
            { m => m with { Bases = [new(Period.Parse("2027-01"), "2025")] }, ChangeKind.Bases, "", "2025 from 2027-01", false },
            { m => m with { Bases = [new(Period.Parse("2026-01"), "2025")] }, ChangeKind.Bases, "", "2025 from 2026-01", true },
            { m => m with { From = new(2027, 1, 1) }, ChangeKind.Validity, "always", "from 2027-01-01 on", true },
        };

    [Theory]
    [MemberData(nameof(MeasureCases), DisableDiscoveryEnumeration = true)]
    public void Measure_Changed_IsOneChange(Func<Measure, Measure> change, ChangeKind kind, string from, string to, bool warns)
    {
        var next = Of(First(Monthly) with { Measures = [change(TestCatalog.Flow), .. First(Monthly).Measures.Skip(1)] });

        var found = Assert.Single(Between(Monthly, next));

        Assert.Equal(
            ("T-01.01", kind, from, to, warns),
            (found.Code, found.Change, found.From, found.To, found.Warning is not null)
        );
    }

    [Theory]
    [InlineData("2026-11-19", true)]
    [InlineData("2026-11-20", false)]
    [InlineData("2026-12-31", false)]
    public void Retired_DayGoneBy_Warns(string day, bool warns)
    {
        var last = DateOnly.Parse(day, null);

        var found = Assert.Single(Between(Monthly, Of(First(Monthly) with { To = last })));

        Assert.Equal((ChangeKind.Retired, last, warns), (found.Change, found.On, found.Warning is not null));
    }

    [Fact]
    public void Gone_MeasureIndicatorOrSet_WarnsOfEach()
    {
        var without = Of(First(Monthly) with { Measures = [.. First(Monthly).Measures.Skip(1)] });
        var empty = Monthly with { Groups = [] };

        Assert.All(
            [(without, "T-01.01"), (empty, "T-01")],
            next =>
            {
                var found = Assert.Single(Between(Monthly, next.Item1));
                Assert.Equal((ChangeKind.Gone, next.Item2), (found.Change, found.Code));
                Assert.NotNull(found.Warning);
            }
        );
        var set = Assert.Single(CatalogChanges.Between([Monthly], [], Today));
        Assert.Equal((ChangeKind.Gone, null), (set.Change, set.Code));
        Assert.Equal(ChangeKind.Added, Assert.Single(CatalogChanges.Between([], [Monthly], Today)).Change);
    }

    [Fact]
    public void Frequency_MovedWithoutWas_WarnsAndWithWasHasItsDay()
    {
        var moved = First(Monthly) with { Frequencies = [Frequency.Quarter] };
        var kept = moved with { Was = [new(new(2026, 12, 31), null, null, [Frequency.Month])] };
        var more = First(Monthly) with { Frequencies = [Frequency.Month, Frequency.Quarter] };

        Assert.Contains(
            "reported at M could no longer",
            Assert.Single(Between(Monthly, Of(moved))).Warning ?? "",
            StringComparison.Ordinal
        );
        var found = Assert.Single(Between(Monthly, Of(kept)));
        Assert.Equal(("M", "Q", new DateOnly(2027, 1, 1), null), (found.From, found.To, found.On, found.Warning));
        Assert.Null(Assert.Single(Between(Monthly, Of(more))).Warning);
    }

    [Fact]
    public void History_ToldOtherwise_WarnsWhereItIsPast()
    {
        var told = First(Monthly) with { Was = [new(new(2025, 12, 31), "Tên cũ", null, [])] };
        var planned = First(Monthly) with { Was = [new(new(2026, 12, 31), "Tên cũ", null, [])] };

        var past = Assert.Single(Between(Monthly, Of(told)));
        Assert.Equal((ChangeKind.History, new DateOnly(2025, 12, 31)), (past.Change, past.On));
        Assert.NotNull(past.Warning);
        Assert.Null(Assert.Single(Between(Monthly, Of(planned))).Warning);
        Assert.Equal(ChangeKind.History, Assert.Single(Between(Of(told), Monthly)).Change);
    }

    [Theory]
    [InlineData("2026-12-01", null)]
    [InlineData("2026-11-01", "the window of 2026-11, which has begun, would change")]
    [InlineData("2026-01-01", "the windows of 11 periods that have begun would change, the first 2026-01")]
    [InlineData("2020-01-01", "the windows of 37 periods that have begun would change, the first 2023-11")]
    public void Regime_RuleAdded_WarnsWherePeriodsHaveBegun(string from, string? warning)
    {
        var rule = new RegimeRule(DateOnly.Parse(from, null), WindowRule.Cutoff15, null, null);
        IReadOnlyList<RegimeRule> regime = rule.From == Calendar.From ? [rule] : [Calendar, rule];

        var ofSet = Assert.Single(Between(Monthly, Monthly with { Regime = regime }));
        var ofIndicator = Assert.Single(
            Between(Monthly, Of(First(Monthly) with { Regime = regime })),
            change => change.On == rule.From
        );

        Assert.Equal((null, warning), (ofSet.Code, ofSet.Warning));
        Assert.Equal(("T-01", warning), (ofIndicator.Code, ofIndicator.Warning));
    }

    [Fact]
    public void Regime_OfTheSet_DoesNotTouchIndicatorsWithTheirOwn()
    {
        var own = Of(First(Monthly) with { Regime = [Calendar] });

        var found = Assert.Single(
            Between(own, own with { Regime = [Calendar, new(new(2025, 1, 1), WindowRule.Cutoff15, null, null)] })
        );

        Assert.Equal((ChangeKind.Regime, null, null), (found.Change, found.Code, found.Warning));
    }

    [Fact]
    public void Regime_OtherDueRules_AreSaidAndTouchNothingPast()
    {
        var grace = new Dictionary<Frequency, Grace> { [Frequency.Month] = new(TimeSpan.FromDays(1)) };
        var next = Calendar with
        {
            Due = DueRules.LastDayOfPeriod,
            Offices = [new("Sở Tài chính", DueRules.Nothing.With(grace))],
        };

        var found = Assert.Single(Between(Monthly, Monthly with { Regime = [next] }));

        Assert.Equal((ChangeKind.Regime, null), (found.Change, found.Warning));
        Assert.StartsWith("calendar: ", found.From, StringComparison.Ordinal);
        Assert.StartsWith("calendar, due last-day-of-period, Sở Tài chính: grace M 1d: ", found.To, StringComparison.Ordinal);
        Assert.Empty(
            Between(Monthly with { Regime = [next] }, Monthly with { Regime = [next with { Offices = [.. next.Offices] }] })
        );
    }

    [Fact]
    public void Obliged_EachInsteadOfFinest_IsOneChange()
    {
        var found = Assert.Single(Between(Monthly, Monthly with { ObligesEach = true }));

        Assert.Equal((ChangeKind.Obliged, "finest", "each"), (found.Change, found.From, found.To));
    }

    [Fact]
    public void Regime_OriginAlone_IsNoChange() =>
        Assert.Empty(Between(Monthly, Monthly with { Regime = [Calendar with { Origin = "Điều 2" }] }));

    [Fact]
    public void Regime_RuleTakenOut_WarnsOfItsPeriods()
    {
        var changing = Monthly with { Regime = [Calendar, new(new(2026, 9, 1), WindowRule.Cutoff15, null, null)] };

        var found = Assert.Single(Between(changing, Monthly));

        Assert.Equal("the windows of 4 periods that have begun would change, the first 2026-09", found.Warning);
        Assert.Equal(
            "cutoff-15: 2026-09 is 2026-08-15 to 2026-09-14 -> calendar: 2026-09 is 2026-09-01 to 2026-09-30",
            $"{found.From} -> {found.To}"
        );
    }

    [Fact]
    public void Seasons_AddedMovedOrTakenOut_AreSeen()
    {
        Season past = new("dong-xuan", "Vụ đông xuân", 2026, new(2025, 11, 15), new(2026, 5, 31), [], ["lua"]);
        var coming = past with { Year = 2027, From = new(2026, 12, 1), To = new(2027, 5, 31) };
        var (none, one, both) = (Monthly, Monthly with { Seasons = [past] }, Monthly with { Seasons = [past, coming] });
        var moved = Monthly with { Seasons = [past, coming with { To = new(2027, 6, 15) }] };

        var added = Assert.Single(Between(one, both));
        Assert.Equal(("dong-xuan 2027, lua 2026-12-01 to 2027-05-31", null), (added.To, added.Warning));
        Assert.Null(Assert.Single(Between(both, moved)).Warning);
        Assert.NotNull(Assert.Single(Between(one, none)).Warning);
    }

    [Fact]
    public void Set_TrustOrAreasChanged_Warns()
    {
        var found = Between(Monthly, Monthly with { Sources = ["narrative", "forms"], Within = "27" });

        Assert.Equal([ChangeKind.Areas, ChangeKind.Sources], found.Select(change => change.Change));
        Assert.All(found, change => Assert.NotNull(change.Warning));
    }

    [Fact]
    public void AnyShippedSet_AgainstItself_HasNoChange()
    {
        var sets = Pipeline.Catalog.CatalogReader.Read(CatalogFolder.RepositorySeeds).Snapshot?.Sets ?? [];
        var again = Pipeline.Catalog.CatalogReader.Read(CatalogFolder.RepositorySeeds).Snapshot?.Sets ?? [];

        Assert.NotEmpty(sets);
        Assert.Empty(CatalogChanges.Between(sets, again, Today));
    }

    private static IReadOnlyList<CatalogChange> Between(IndicatorSet old, IndicatorSet next) =>
        CatalogChanges.Between([old], [next], Today);

    private static Indicator First(IndicatorSet set) => set.Indicators.First();

    private static IndicatorSet Of(Indicator indicator) => TestCatalog.Set with { Groups = [new("I", "Nhóm", [indicator])] };
}
