namespace KpiMetrics.Worker.Demo;

/// <summary>The weight of a day or a longer span in its year; the average day weighs about 1.</summary>
internal static class DemoSeasons
{
    private const int MostSamples = 24;

    // January to December.
    private static readonly Dictionary<DemoSeason, double[]> Months = new()
    {
        [DemoSeason.Factory] = [0.95, 0.85, 0.97, 0.98, 1.0, 1.0, 1.02, 1.03, 1.05, 1.06, 1.06, 1.03],
        [DemoSeason.Trade] = [1.08, 0.98, 0.94, 0.97, 1.0, 1.0, 0.98, 0.97, 0.98, 1.0, 1.03, 1.07],
        [DemoSeason.Harvest] = [0.2, 0.2, 0.3, 0.5, 1.2, 2.6, 0.7, 0.5, 1.5, 2.9, 1.0, 0.4],
        [DemoSeason.Tea] = [0.1, 0.2, 0.6, 1.2, 1.4, 1.5, 1.6, 1.6, 1.4, 1.2, 0.8, 0.4],
        [DemoSeason.Rain] = [0.2, 0.25, 0.4, 0.8, 1.5, 1.9, 2.2, 2.1, 1.4, 0.7, 0.35, 0.2],
        [DemoSeason.Guests] = [0.8, 1.1, 0.9, 1.1, 1.2, 1.4, 1.4, 1.1, 1.1, 0.9, 0.5, 0.5],
        [DemoSeason.YearEnd] = [0.5, 0.4, 0.7, 0.8, 0.9, 1.1, 1.0, 1.0, 1.1, 1.2, 1.3, 2.0],
        [DemoSeason.Dry] = [1.3, 1.4, 1.4, 1.2, 0.9, 0.7, 0.6, 0.6, 0.7, 0.9, 1.1, 1.2],
    };

    /// <summary>The average weight over the span, by the local clock.</summary>
    public static double Over(DemoSeason season, DemoDice dice, DateTime start, DateTime end)
    {
        var days = (end - start).TotalDays;
        var samples = Math.Clamp((int)days, 1, MostSamples);
        var sum = 0.0;
        for (var at = 0; at < samples; at++)
            sum += Of(season, dice, DateOnly.FromDateTime(start.AddDays(days * (at + 0.5) / samples)), isDay: days <= 1);
        return sum / samples;
    }

    private static double Of(DemoSeason season, DemoDice dice, DateOnly day, bool isDay) =>
        season switch
        {
            DemoSeason.Storm => DemoStorms.At(dice, day),
            DemoSeason.Office => Tet(day, 0.05) * (isDay ? Weekday(day) : 1),
            DemoSeason.Factory => Month(season, day) * Tet(day, 0.4),
            DemoSeason.Trade => Month(season, day) * (DemoTet.DaysFrom(day) is >= -20 and < 0 ? 1.35 : 1),
            DemoSeason.Guests => Month(season, day) * (DemoTet.DaysFrom(day) is >= 1 and < 12 ? 1.8 : 1),
            _ => Month(season, day),
        };

    private static double Tet(DateOnly day, double low) => DemoTet.DaysFrom(day) is >= -2 and < 6 ? low : 1;

    private static double Weekday(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.1 : 1.36;

    // Straight from the middle of one month to the middle of the next.
    private static double Month(DemoSeason season, DateOnly day)
    {
        if (!Months.TryGetValue(season, out var weights))
            return 1;
        var place = day.Month - 1 + (day.Day - 0.5) / DateTime.DaysInMonth(day.Year, day.Month) - 0.5;
        var before = (int)Math.Floor(place);
        var share = place - before;
        return weights[(before + 12) % 12] * (1 - share) + weights[(before + 13) % 12] * share;
    }
}
