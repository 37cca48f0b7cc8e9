using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Benchmarks;

/// <summary>pop, yoy and ytd of 25,000 monthly series of 36 months against a bare loop over arrays of decimals.</summary>
internal static class DeriveBenchmark
{
    private const int Series = 25_000;
    private const int Months = 36;

    private static readonly Measure Flow = new()
    {
        Code = "B-01.01",
        Name = "flow",
        Kind = MeasureKind.Flow,
        Aggregation = Aggregation.Sum,
    };

    public static void Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task RunAsync()
    {
        var first = Period.Parse("2023-01").Index;
        var periods = Enumerable.Range(first, Months).ToArray();
        var values = Enumerable
            .Range(0, Series)
            .Select(s => Enumerable.Range(1, Months).Select(m => (s + m) % 97 + 0.25m).ToArray())
            .ToList();
        var columns = values.ConvertAll(value => new SeriesColumns(Frequency.Month, periods, value));
        var checksum = 0m;
        await ComparedRates.PrintAsync(
            "derivations pop, yoy, ytd",
            Series * Months,
            "bare loop over decimal arrays",
            () =>
            {
                foreach (var series in values)
                    checksum += BareLoop(series);
                return Task.CompletedTask;
            },
            () =>
            {
                foreach (var series in columns)
                    checksum += Ours(series);
                return Task.CompletedTask;
            }
        );
        Console.WriteLine($"  checksum {checksum}");
    }

    private static decimal Ours(SeriesColumns series)
    {
        var pop = PeriodOnPeriod.Over(series, Flow);
        var yoy = YearOnYear.Over(series, Flow);
        var ytd = YearToDate.Over(series, Flow);
        return (pop[^1].Value + yoy[^1].Value + ytd[^1].Total.Value).GetValueOrDefault();
    }

    private static decimal BareLoop(decimal[] values)
    {
        var pop = new decimal[values.Length];
        var yoy = new decimal[values.Length];
        var ytd = new decimal[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
                pop[i] = (values[i] - values[i - 1]) / Math.Abs(values[i - 1]) * 100m;
            if (i >= 12)
                yoy[i] = (values[i] - values[i - 12]) / Math.Abs(values[i - 12]) * 100m;
            ytd[i] = i % 12 == 0 ? values[i] : ytd[i - 1] + values[i];
        }
        return pop[^1] + yoy[^1] + ytd[^1];
    }
}
