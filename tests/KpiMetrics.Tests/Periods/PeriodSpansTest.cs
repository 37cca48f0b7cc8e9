using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Periods;

public sealed class PeriodSpansTest
{
    private static readonly Period Origin = Period.Parse("2025-06-01");

    [Fact]
    public void Add_AnyStretches_HoldsTheirPeriodsAndTellsTheNewOnes() =>
        Prop.ForAll(
                Stretch().ArrayOf(12).ToArbitrary(),
                given =>
                {
                    var (spans, expected) = (new PeriodSpans(Frequency.Day), new SortedSet<Period>());
                    return given.All(stretch =>
                    {
                        var added = spans.Add(stretch.First, stretch.Last);
                        var news = Days(stretch).Where(expected.Add).ToList();
                        return added.SelectMany(Days).SequenceEqual(news)
                            && spans.Periods.SequenceEqual(expected)
                            && Enumerable.Range(-2, 60).Select(at => Origin.Shift(at)).All(Same)
                            && AreApart(spans);

                        bool Same(Period period) => spans.Contains(period) == expected.Contains(period);
                    });
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Without_SomePeriods_LeavesTheOthers() =>
        Prop.ForAll(
                (
                    from stretches in Stretch().ArrayOf(5)
                    from taken in Gen.Choose(-2, 50).ArrayOf(15)
                    select (stretches, taken)
                ).ToArbitrary(),
                given =>
                {
                    var spans = new PeriodSpans(Frequency.Day);
                    foreach (var (first, last) in given.stretches)
                        spans.Add(first, last);
                    var taken = given.taken.Distinct().Order().Select(at => Origin.Shift(at)).ToList();

                    var left = spans.Without(taken);

                    return left.Periods.SequenceEqual(spans.Periods.Except(taken)) && AreApart(left);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Add_PeriodsOfAnotherFrequency_Throws() =>
        Assert.Throws<ArgumentException>(() => new PeriodSpans(Frequency.Month).Add(Origin, Origin));

    private static Gen<(Period First, Period Last)> Stretch() =>
        from first in Gen.Choose(0, 40)
        from length in Gen.Choose(0, 6)
        select (Origin.Shift(first), Origin.Shift(first + length - 1));

    private static bool AreApart(PeriodSpans spans) =>
        spans.Stretches.Zip(spans.Stretches.Skip(1)).All(pair => pair.Second.First.Index - pair.First.Last.Index > 1);

    private static IEnumerable<Period> Days((Period First, Period Last) stretch)
    {
        for (var at = stretch.First; at <= stretch.Last; at = at.Shift(1))
            yield return at;
    }
}
