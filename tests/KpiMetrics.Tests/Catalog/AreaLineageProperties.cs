using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Catalog.Rules;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Catalog;

/// <summary>Whatever reforms happen to five communes over six dates, codes used again and again.</summary>
public sealed class AreaLineageProperties
{
    private static readonly string[] Codes = ["10001", "10002", "10003", "10004", "10005"];

    [Fact]
    public void FindArea_AnyDay_GivesTheOnlyAreaThatBearsTheCode() =>
        Prop.ForAll(
                Histories(),
                Days(),
                (areas, day) =>
                {
                    var catalog = new CatalogSnapshot([], areas);
                    Assert.Empty(Faults(areas));
                    Assert.All(
                        Codes,
                        code =>
                        {
                            var bearers = areas.Where(area => area.Code == code && area.IsValidOn(day)).ToList();
                            Assert.True(bearers.Count <= 1);
                            Assert.Equal(bearers.SingleOrDefault(), catalog.FindArea(code, day));
                        }
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Lineage_AnyHistory_PredecessorsAndSuccessorsAreInverse() =>
        Prop.ForAll(
                Histories(),
                areas =>
                {
                    var catalog = new CatalogSnapshot([], areas);
                    var back = areas.SelectMany(area =>
                        catalog.OriginsOf(area).Select(link => (link.Area.Id, area.Id, link.Weight))
                    );
                    var on = areas.SelectMany(area =>
                        catalog.SuccessorsOf(area).Select(link => (area.Id, link.Area.Id, link.Weight))
                    );
                    Assert.Equal(areas.Sum(area => area.Predecessors.Count), back.Count());
                    Assert.Equal(back.Order(), on.Order());
                    Assert.All(
                        back,
                        link => Assert.True(catalog.IsSameOrEarlier(Of(catalog, link.Item2), Of(catalog, link.Item1)))
                    );
                    Assert.All(
                        back,
                        link => Assert.False(catalog.IsSameOrEarlier(Of(catalog, link.Item1), Of(catalog, link.Item2)))
                    );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void OriginsOf_AnyHistory_WeightsOfAnAreaAddUpToOneOrAreNotKnown() =>
        Prop.ForAll(
                Histories(),
                areas =>
                {
                    var catalog = new CatalogSnapshot([], areas);
                    foreach (var successors in areas.Select(catalog.SuccessorsOf).Where(successors => successors.Count > 0))
                        Assert.True(
                            successors.Count > 1 ? successors.All(link => link.Weight is null) : successors[0].Weight == 1m
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    private static Area Of(CatalogSnapshot catalog, string id) =>
        catalog.FindAreaById(id) ?? throw new InvalidOperationException(id);

    private static IEnumerable<string> Faults(IReadOnlyList<Area> areas) =>
        CatalogRules.ForAreas.SelectMany(rule => rule.Check(areas)).Select(fault => fault.Message);

    private static Arbitrary<DateOnly> Days() =>
        Gen.Choose(0, 4000).Select(days => new DateOnly(2000, 1, 1).AddDays(days)).ToArbitrary();

    // Each step ends some areas and makes new ones of them, under codes that are free then.
    private static Arbitrary<IReadOnlyList<Area>> Histories() =>
        Gen.Choose(0, int.MaxValue - 1).Select(seed => History(new Random(seed))).ToArbitrary();

    private static IReadOnlyList<Area> History(Random random)
    {
        var done = new List<Area>();
        var standing = Codes.Take(3).Select(code => Commune(code, new(2000, 1, 1))).ToList();
        for (var year = 2001; year < 2007; year++)
        {
            var day = new DateOnly(year, random.Next(1, 13), 1);
            var ended = standing.Where(_ => random.Next(2) == 0).ToList();
            if (ended.Count == 0)
                continue;
            standing.RemoveAll(ended.Contains);
            done.AddRange(ended.Select(area => area with { To = day.AddDays(-1) }));
            var free = Codes.Except(standing.Select(area => area.Code)).OrderBy(_ => random.Next()).ToList();
            var made = free.Take(random.Next(1, free.Count + 1))
                .Select(code =>
                    Commune(code, day) with
                    {
                        Predecessors = [.. ended.Where(_ => random.Next(2) == 0).Select(area => new AreaPart(area.Code, null))],
                    }
                );
            standing.AddRange(made.ToList());
        }
        return [.. done, .. standing];
    }

    private static Area Commune(string code, DateOnly from) =>
        TestAreas.Area(code, $"Xã {code}", AreaLevel.Commune, from, null, null);
}
