using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>Numbers of a measure by its kind: level of the area, trend, season, noise.</summary>
internal sealed class DemoAmounts(DemoDice world)
{
    private const int BaseYear = 2025;
    private const double DaysOfYear = 365.25;

    public decimal Of(DemoKey key, DemoLevel level)
    {
        var chance = Chance(key).And((int)key.Period.Frequency).And(key.Period.Index);
        var window = key.Set.WindowOf(key.Indicator, key.Period);
        return key.Measure.Kind switch
        {
            MeasureKind.Flow => Rounded(Amount(key, level, window.Start, window.End, chance), level, chance),
            MeasureKind.Cumulative => RunningTotal(key, level),
            MeasureKind.Stock => Rounded(State(key, level, window, chance), level, chance),
            _ => Rate(key, level, window, chance),
        };
    }

    /// <summary>A part of <paramref name="whole"/>; of amounts and states the size is the part that it is.</summary>
    public decimal Part(DemoKey key, DemoLevel level, decimal whole)
    {
        // Of a running total the part stays the same all year, so that it rises too.
        var chance =
            key.Measure.Kind == MeasureKind.Cumulative
                ? Chance(key).And(key.Period.Year)
                : Chance(key).And((int)key.Period.Frequency).And(key.Period.Index);
        var share = (level.Size is > 0 and <= 1 ? level.Size : 0.5) * (0.8 + 0.4 * chance.Unit);
        if (key.Measure.Kind == MeasureKind.Flow && level.Size < 0.2)
            share *= Season(key, level, key.Set.WindowOf(key.Indicator, key.Period));
        var part = decimal.Round(whole * (decimal)Math.Min(share, 1), level.Decimals, MidpointRounding.ToZero);
        return level.Decimals == 0 && part == 0m && whole > 0m && chance.And("one").Unit < share * (double)whole ? 1m : part;
    }

    private double Amount(DemoKey key, DemoLevel level, DateTime start, DateTime end, DemoDice chance)
    {
        var season = DemoSeasons.Over(level.Season, world, start, end);
        return level.Size
            * AreaOf(key)
            * Trend(key, start)
            * (end - start).TotalDays
            / DaysOfYear
            * season
            * (1 + Spread(key.Period.Frequency) * chance.Bell);
    }

    private double State(DemoKey key, DemoLevel level, Window window, DemoDice chance)
    {
        var slow = Slowly(key, window.End);
        var size = level.Size * AreaOf(key) * Trend(key, window.End);
        return level.Season switch
        {
            DemoSeason.Storm => size * Season(key, level, window) * (0.5 + chance.Unit),
            DemoSeason.Rain => size * Season(key, level, window) * Burst(chance),
            DemoSeason.Rising => size * YearPassed(window.End),
            _ => size * (1 + 0.04 * slow + 0.01 * chance.Bell),
        };
    }

    private decimal RunningTotal(DemoKey key, DemoLevel level)
    {
        var total = 0m;
        for (var period = key.Period.FirstOfYear; period <= key.Period; period = period.Shift(1))
        {
            var chance = Chance(key).And((int)period.Frequency).And(period.Index);
            var window = key.Set.WindowOf(key.Indicator, period);
            total += Rounded(Amount(key, level, window.Start, window.End, chance), level, chance);
        }
        return total;
    }

    // Rates, indices and scores do not grow with the area; it only lies somewhat above or below.
    private decimal Rate(DemoKey key, DemoLevel level, Window window, DemoDice chance)
    {
        var room =
            key.Measure.Unit == "%" && level.Size is > 0 and < 100 ? Math.Min(level.Size, 100 - level.Size) : level.Size * 0.1;
        var place = 2 * Chance(key).And("place").Unit - 1;
        var years = window.End.Year - BaseYear + window.End.DayOfYear / DaysOfYear;
        var rate = level.Size + room * (0.3 * place + 0.08 * Slowly(key, window.End) + 0.05 * chance.Bell);
        rate = level.Season switch
        {
            DemoSeason.Rising => rate * YearPassed(window.End),
            DemoSeason.Flat => rate + room * 0.04 * years,
            _ => rate * (1 + 0.06 * (Season(key, level, window) - 1)) + 0.02 * room * years,
        };
        if (Units.IsCode(key.Measure.Unit))
            return chance.Unit < level.Size ? 1m : 0m;
        return decimal.Round((decimal)rate, level.Decimals);
    }

    private double Season(DemoKey key, DemoLevel level, Window window) =>
        key.Measure.Kind == MeasureKind.Stock
            ? DemoSeasons.Over(level.Season, world, window.End.AddHours(-1), window.End)
            : DemoSeasons.Over(level.Season, world, window.Start, window.End);

    private double AreaOf(DemoKey key) =>
        DemoSizes.Of(world, key.Area) * (0.9 + 0.2 * world.And(key.Measure.Code).And(key.Subject).And(key.Area[..2]).Unit);

    private double Trend(DemoKey key, DateTime at)
    {
        var rate = 0.02 + 0.08 * world.And("trend").And(key.Measure.Code).Unit;
        return Math.Max(0.3, 1 + rate * (at.Year - BaseYear + at.DayOfYear / DaysOfYear));
    }

    /// <summary>Between -1 and 1, from one quarter of a year to the next.</summary>
    private double Slowly(DemoKey key, DateTime at)
    {
        var quarters = at.Year * 4 + at.DayOfYear / DaysOfYear * 4;
        var before = (int)Math.Floor(quarters);
        var chance = Chance(key).And("slow");
        return chance.And(before).Bell * (before + 1 - quarters) + chance.And(before + 1).Bell * (quarters - before);
    }

    private DemoDice Chance(DemoKey key) => world.And(key.Measure.Code).And(key.Subject).And(key.Area);

    // Of things that are counted a fraction becomes one more now and then, so that rare ones are rare and not absent.
    private static decimal Rounded(double number, DemoLevel level, DemoDice chance)
    {
        if (level.Decimals > 0)
            return decimal.Round((decimal)number, level.Decimals);
        var whole = Math.Floor(number);
        return (decimal)whole + (chance.And("rest").Unit < number - whole ? 1m : 0m);
    }

    private static double Burst(DemoDice chance)
    {
        var height = chance.And("burst").Unit;
        return height < 0.7 ? 0 : (height - 0.7) * (height - 0.7) * 110;
    }

    private static double YearPassed(DateTime at) => Math.Min(1, (at.AddTicks(-1).DayOfYear) / DaysOfYear);

    private static double Spread(Frequency frequency) =>
        frequency switch
        {
            Frequency.Hour => 0.5,
            Frequency.Day => 0.3,
            Frequency.Week => 0.15,
            Frequency.Month => 0.08,
            _ => 0.05,
        };
}
