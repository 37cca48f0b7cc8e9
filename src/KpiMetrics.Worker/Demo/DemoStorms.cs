namespace KpiMetrics.Worker.Demo;

/// <summary>Five storms a year between June and October; all communes have the same ones.</summary>
internal static class DemoStorms
{
    private const int Count = 5;
    private const int SeasonDays = 140;

    /// <summary>0 on most days, up to 1 on the worst day of a strong storm.</summary>
    public static double At(DemoDice dice, DateOnly day)
    {
        var strongest = 0.0;
        var first = new DateOnly(day.Year, 6, 1).DayNumber;
        for (var storm = 0; storm < Count; storm++)
        {
            var of = dice.And("storm").And(day.Year).And(storm);
            var age = day.DayNumber - first - of.Below(SeasonDays);
            if (age is >= 0 and < 4)
                strongest = Math.Max(strongest, (0.3 + 0.7 * of.And(1).Unit) * (1 - age / 4.0));
        }
        return strongest;
    }
}
