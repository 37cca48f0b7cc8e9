using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>Rain and river levels from hours to days, months and the year, against sums made by hand of the same hours.</summary>
public sealed class RainRollUpTest : IDisposable
{
    private const decimal Tolerance = 0.05m;

    private readonly TempFolder folder = new();
    private readonly HourlyRain hours = new();

    public void Dispose() => folder.Dispose();

    /// <param name="evening">How many hours of the evening before belong to a day.</param>
    [Theory]
    [InlineData("rain", "RA", 0)]
    [InlineData("rain-19", "RB", 5)]
    public async Task Rain_ByDayMonthAndYear_IsTheSumOfItsHours(string set, string prefix, int evening)
    {
        var ledger = await hours.TakeAsync(folder, set, prefix);
        var figures = Known(await ledger.ExportAsync(set, $"{prefix}-01.01"));
        var compared = 0;
        foreach (var station in HourlyRain.Stations)
        {
            var sums = new Dictionary<string, (decimal Rain, int Hours)>();
            foreach (var (hour, rain) in hours.RainAt(station))
            {
                var day = hour.AddHours(evening);
                foreach (var period in (string[])[$"{day:yyyy-MM-dd}", $"{day:yyyy-MM}", $"{day:yyyy}"])
                {
                    var (sum, count) = sums.GetValueOrDefault(period);
                    sums[period] = (sum + rain, count + 1);
                }
            }
            foreach (var (period, (sum, count)) in sums)
            {
                var figure = figures[(station, period)];
                Assert.InRange(Number(figure), sum - Tolerance, sum + Tolerance);
                if (period.Length == "yyyy-MM-dd".Length)
                    Assert.Equal((count, 24), (figure.Computed?.Have, figure.Computed?.Need));
                compared++;
            }
            Assert.Equal(sums.Count, figures.Keys.Count(key => key.Subject == station));
        }
        TestContext.Current.SendDiagnosticMessage($"{set}: {compared} days, months and years agree within {Tolerance} mm");
        Assert.InRange(compared, 280, 300);
    }

    /// <summary>One hour is missing at every station, on 5 November at 07:00: the totals are given, say so, and are not compared.</summary>
    [Fact]
    public async Task Rain_WithAMissingHour_SaysSo()
    {
        var ledger = await hours.TakeAsync(
            folder,
            "rain",
            "RA",
            hour => hour == new DateTime(2010, 11, 5, 7, 0, 0, DateTimeKind.Unspecified)
        );
        var rows = (await ledger.ExportAsync("rain", "RA-01.01"))
            .Where(row => row.Series.Subject == "lethuy")
            .ToDictionary(row => row.Derived.Figure.Period.ToString(), row => row.Derived);

        Assert.Equal((23, 24), Coverage(rows["2010-11-05"]));
        Assert.Equal((24, 24), Coverage(rows["2010-11-06"]));
        Assert.Equal((29, 30), Coverage(rows["2010-11"]));
        Assert.Equal((31, 31), Coverage(rows["2010-12"]));
        Assert.Equal((2, 12), Coverage(rows["2010"]));
        Assert.Equal("the total of 2010-11-05 lacks some of its parts", rows["2010-11-06"].Pop.Why);
        Assert.Equal(Absence.Incomplete, rows["2010-11-05"].Pop.Absence);
        Assert.NotEqual(Absence.Incomplete, rows["2010-11-07"].Pop.Absence);
        Assert.Equal("the total of 2010-11 lacks some of its parts", rows["2010-12"].Pop.Why);
    }

    [Fact]
    public async Task RiverLevel_ByDayMonthAndYear_IsTheHighestOfItsHours()
    {
        var ledger = await hours.TakeAsync(folder, "rain", "RA");
        var figures = Known(await ledger.ExportAsync("rain", "RA-02.01"));
        var highest = new Dictionary<string, decimal>();
        foreach (var (hour, level) in hours.Levels)
        {
            foreach (var period in (string[])[$"{hour:yyyy-MM-dd}", $"{hour:yyyy-MM}", $"{hour:yyyy}"])
                highest[period] = highest.TryGetValue(period, out var before) && before > level ? before : level;
        }

        Assert.Equal(365 + 12 + 1, highest.Count);
        Assert.Equal(highest.Count, figures.Count);
        Assert.All(highest, entry => Assert.Equal(entry.Value, Number(figures[("", entry.Key)])));
    }

    /// <summary>The same days, begun at midnight and in the evening before, are other moments and have other sums; the year as a whole has nearly the same.</summary>
    [Fact]
    public async Task Days_OfTwoSets_HaveTheirOwnWindows()
    {
        var midnight = await hours.TakeAsync(folder, "rain", "RA");
        var evening = await hours.TakeAsync(folder, "rain-19", "RB");
        var byMidnight = Known(await midnight.ExportAsync("rain", "RA-01.01"));
        var byEvening = Known(await evening.ExportAsync("rain-19", "RB-01.01"));
        var day = Period.Parse("2010-10-16");

        Assert.Equal(
            new DateTime(2010, 10, 15, 19, 0, 0, DateTimeKind.Unspecified),
            evening.Catalog.FindSet("rain-19")?.WindowOf(day).Start
        );
        Assert.Equal(day.Start, midnight.Catalog.FindSet("rain")?.WindowOf(day).Start);
        var days = byMidnight.Keys.Where(key => key.Period.Length == "yyyy-MM-dd".Length).ToList();
        var other = days.Count(key => Math.Abs(Number(byMidnight[key]) - Number(byEvening[key])) > Tolerance);
        TestContext.Current.SendDiagnosticMessage($"rain: {other} of {days.Count} days differ by their first hour");
        Assert.InRange(other, 100, days.Count);
    }

    /// <summary>From 16 November on the office begins its days in the evening: what was before stays as it was, and nothing is summed or compared across.</summary>
    [Fact]
    public async Task Days_OfASetThatChangesTheirHour_AreNeverMixed()
    {
        var before = Known(await (await hours.TakeAsync(folder, "rain", "RA")).ExportAsync("rain", "RA-01.01"));
        var after = Known(await (await hours.TakeAsync(folder, "rain-19", "RB")).ExportAsync("rain-19", "RB-01.01"));
        var changing = await hours.TakeAsync(folder, "rain-change", "RC");
        var rows = await changing.ExportAsync("rain-change", "RC-01.01");
        foreach (var row in rows.Where(row => row.Series.Frequency == Frequency.Day))
        {
            var period = row.Derived.Figure.Period.ToString();
            var expected = string.CompareOrdinal(period, "2010-11-16") < 0 ? before : after;
            Assert.Equal(Number(expected[(row.Series.Subject, period)]), Number(row.Derived.Figure));
            if (period == "2010-11-16")
                Assert.Equal("2010-11-15 covers its days by another rule", row.Derived.Pop.Why);
            Assert.Equal(period is "2010-11-16", row.Derived.Pop.Absence == Absence.WindowsDiffer);
            var isMixed = row.Derived.Figure.Period.Year == 2010 && string.CompareOrdinal(period, "2010-11-16") >= 0;
            Assert.Equal(isMixed, row.Derived.Ytd.Total.Absence == Absence.WindowsDiffer);
        }
        var whole = Known([.. rows.Where(row => row.Series.Frequency > Frequency.Day)]);
        Assert.Equal(Number(before[("lethuy", "2010-10")]), Number(whole[("lethuy", "2010-10")]));
        Assert.Equal(Absence.WindowsDiffer, whole[("lethuy", "2010-11")].Computed?.Result.Absence);
        Assert.Equal(Number(after[("lethuy", "2010-12")]), Number(whole[("lethuy", "2010-12")]));
        Assert.Equal(Absence.WindowsDiffer, whole[("lethuy", "2010")].Computed?.Result.Absence);
    }

    private static Dictionary<(string Subject, string Period), Figure> Known(List<FigureRow> rows) =>
        rows.Where(row => row.Series.Frequency > Frequency.Hour)
            .ToDictionary(row => (row.Series.Subject, row.Derived.Figure.Period.ToString()), row => row.Derived.Figure);

    private static decimal Number(Figure figure) => figure.Current.Value.Number ?? throw new InvalidOperationException();

    private static (int?, int?) Coverage(DerivedFigure row) => (row.Figure.Computed?.Have, row.Figure.Computed?.Need);
}
