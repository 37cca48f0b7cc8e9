using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Quality;

public sealed class AgencyDoorTests
{
    private static readonly Period Month = Period.Parse("2026-03");

    [Fact]
    public void CircleOf_OfficesThatShareNoFigure_AreApart()
    {
        var set = SetOf(Of("T-01", "Sở A"), Of("T-02", "Sở B"));

        Assert.NotEqual(AgencyDoor.CircleOf(set, "Sở A"), AgencyDoor.CircleOf(set, "Sở B"));
        Assert.Equal(AgencyDoor.CircleOf(set, "Sở A"), AgencyDoor.CircleOf(set, " SỞ  a "));
    }

    /// <summary>B took over from A what A still may report of the past, and C from B: each shares figures with the next.</summary>
    [Fact]
    public void CircleOf_OfficesOfTodayAndBefore_AreOne()
    {
        var set = SetOf(Of("T-01", "Sở B", "Sở A"), Of("T-02", "Sở C", "Sở B"), Of("T-03", "Sở D"));

        Assert.Equal(AgencyDoor.CircleOf(set, "Sở A"), AgencyDoor.CircleOf(set, "Sở C"));
        Assert.NotEqual(AgencyDoor.CircleOf(set, "Sở A"), AgencyDoor.CircleOf(set, "Sở D"));
    }

    /// <summary>The indicator's office has no say where the measure has one of its own.</summary>
    [Fact]
    public void CircleOf_MeasureWithAnOfficeOfItsOwn_IsApartFromItsIndicator()
    {
        var indicator = Of("T-01", "Sở A");
        var set = SetOf(indicator with { Measures = [indicator.Measures[0] with { Agency = "Sở B" }] });

        Assert.NotEqual(AgencyDoor.CircleOf(set, "Sở A"), AgencyDoor.CircleOf(set, "Sở B"));
        Assert.Null(AgencyDoor.Check(set, set.Indicators.First(), set.Measures.First(), Month, "Sở B"));
    }

    [Fact]
    public void CircleOf_OfficeThatTheSetDoesNotName_IsItsOwn() =>
        Assert.Equal("sở x", AgencyDoor.CircleOf(TestCatalog.Set, "Sở X"));

    /// <summary>Whatever the set: two offices that the door lets report one figure are of one circle.</summary>
    [Fact]
    public void CircleOf_TwoOfficesOfOneFigure_IsTheSame() =>
        Prop.ForAll(
                Sets().ToArbitrary(),
                set =>
                {
                    foreach (var indicator in set.Indicators)
                    {
                        foreach (var measure in indicator.Measures)
                        {
                            for (var month = Period.Parse("2025-01"); month <= Period.Parse("2026-12"); month = month.Shift(1))
                            {
                                var circles = AgencyDoor
                                    .All(set)
                                    .Where(office => AgencyDoor.Check(set, indicator, measure, month, office) is null)
                                    .Select(office => AgencyDoor.CircleOf(set, office));
                                Assert.Single(circles.Distinct());
                            }
                        }
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    private static Gen<IndicatorSet> Sets()
    {
        var office = Gen.Elements("Sở A", "Sở B", "Sở C", "Sở D", "Sở E", "Sở F");
        var perhaps = Gen.OneOf(office.Select(name => (string?)name), Gen.Constant<string?>(null));
        var former =
            from month in Gen.Choose(1, 24)
            from name in perhaps
            select new FormerVersion(new DateOnly(2025, 1, 1).AddMonths(month).AddDays(-1), null, name, []);
        var was =
            from count in Gen.Choose(0, 2)
            from versions in former.ListOf(count)
            select (IReadOnlyList<FormerVersion>)[.. versions.DistinctBy(version => version.To).OrderBy(version => version.To)];
        var measure = from agency in perhaps from before in was select TestCatalog.Flow with { Agency = agency, Was = before };
        var indicator =
            from agency in office
            from before in was
            from measures in measure.ListOf(2)
            select Of("T-01", agency) with
            {
                Was = before,
                Measures = [.. measures],
            };
        return indicator.ListOf(3).Select(some => SetOf([.. some]));
    }

    private static Indicator Of(string code, string agency, string? before = null) =>
        TestCatalog.Set.Indicators.First() with
        {
            Code = code,
            Agency = agency,
            Was = before is null ? [] : [new(new(2025, 12, 31), null, before, [])],
            Measures = [TestCatalog.Flow with { Code = $"{code}.01" }],
        };

    private static IndicatorSet SetOf(params Indicator[] indicators) =>
        TestCatalog.Set with
        {
            Groups = [TestCatalog.Set.Groups[0] with { Indicators = indicators }],
        };
}
