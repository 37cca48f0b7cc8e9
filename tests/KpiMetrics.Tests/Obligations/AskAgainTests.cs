using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Obligations;

public sealed class AskAgainTests
{
    private static readonly DateTimeOffset Opens = new(2026, 3, 2, 0, 0, 0, TimeSpan.FromHours(7));

    [Theory]
    [InlineData(Frequency.Hour, 15, 1)]
    [InlineData(Frequency.Day, 9 * 60, 10)]
    [InlineData(Frequency.Week, 17 * 60, 60)]
    [InlineData(Frequency.Month, (4 * 24 + 17) * 60, 60)]
    public void AfterGap_BeforeTheDueInstant_AsksAgainShortlyBeforeIt(Frequency frequency, int dueMinutes, int shortly)
    {
        var due = Opens.AddMinutes(dueMinutes);

        var last = Asked(frequency, due).TakeWhile(at => at <= due).Last();

        Assert.InRange((due - last).TotalMinutes, 0, shortly);
    }

    [Theory]
    [InlineData(Frequency.Hour, 15, 80)]
    [InlineData(Frequency.Day, 9 * 60, 70)]
    [InlineData(Frequency.Month, (4 * 24 + 17) * 60, 80)]
    public void AfterGap_WhatNeverComes_IsAskedForSomeDozensOfTimes(Frequency frequency, int dueMinutes, int most)
    {
        var due = Opens.AddMinutes(dueMinutes);

        var asked = Asked(frequency, due).TakeWhile(at => at <= due + AskAgain.GivenUpAfter(frequency)).ToList();

        Assert.InRange(asked.Count, 20, most);
    }

    [Fact]
    public void AfterGap_WhatComesLate_IsSeenWithinAnEighthOfItsLateness()
    {
        var due = Opens.AddHours(9);
        var asked = Asked(Frequency.Day, due).TakeWhile(at => at < due.AddDays(60)).ToList();

        Assert.All(
            asked.Zip(asked.Skip(1)).Where(pair => pair.First > due.AddHours(32)),
            pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, (pair.First - due) / 8)
        );
    }

    // As one who rings all the time would ask.
    private static IEnumerable<DateTimeOffset> Asked(Frequency frequency, DateTimeOffset due)
    {
        var at = Opens;
        for (var attempts = 1; ; attempts++)
        {
            yield return at;
            at += AskAgain.AfterGap(frequency, attempts, due - at);
        }
    }
}
