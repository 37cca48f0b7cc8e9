namespace KpiMetrics.Benchmarks.Derive;

/// <summary>The four derivations of one series at a time into arrays that are used again for the next: the least that exact decimals can cost.</summary>
internal sealed class BareLoop
{
    private const byte HasPop = 1;
    private const byte HasYoy = 2;
    private const byte HasYtdYoy = 4;

    private readonly decimal[] pop = new decimal[DeriveData.Months];
    private readonly decimal[] yoy = new decimal[DeriveData.Months];
    private readonly decimal[] ytd = new decimal[DeriveData.Months];
    private readonly decimal[] ytdYoy = new decimal[DeriveData.Months];
    private readonly int[] monthsOfYear = new int[DeriveData.Months];
    private readonly byte[] has = new byte[DeriveData.Months];

    public void Derive(DenseSeries series)
    {
        var values = series.Values;
        var present = series.Present;
        var total = 0m;
        var months = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (i % 12 == 0)
                (total, months) = (0m, 0);
            has[i] = 0;
            monthsOfYear[i] = months;
            if (!present[i])
                continue;
            var value = values[i];
            total += value;
            months |= 1 << (i % 12);
            ytd[i] = total;
            monthsOfYear[i] = months;
            if (i >= 1 && present[i - 1] && values[i - 1] != 0m)
            {
                pop[i] = (value - values[i - 1]) / Math.Abs(values[i - 1]) * 100m;
                has[i] |= HasPop;
            }
            if (i < 12 || !present[i - 12])
                continue;
            if (values[i - 12] != 0m)
            {
                yoy[i] = (value - values[i - 12]) / Math.Abs(values[i - 12]) * 100m;
                has[i] |= HasYoy;
            }
            if (monthsOfYear[i - 12] == months && ytd[i - 12] != 0m)
            {
                ytdYoy[i] = (total - ytd[i - 12]) / Math.Abs(ytd[i - 12]) * 100m;
                has[i] |= HasYtdYoy;
            }
        }
    }

    /// <summary>What the last <see cref="Derive"/> made of a month that has a figure.</summary>
    public DerivedRow RowAt(int month) =>
        new(
            (has[month] & HasPop) != 0 ? pop[month] : null,
            (has[month] & HasYoy) != 0 ? yoy[month] : null,
            ytd[month],
            (has[month] & HasYtdYoy) != 0 ? ytdYoy[month] : null
        );
}
