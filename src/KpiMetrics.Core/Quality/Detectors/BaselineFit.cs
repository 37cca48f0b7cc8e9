using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Finds the predictor that did best for a series, by what each would have said of the figures known by now.</summary>
/// <remarks>
/// Every error counted is one of a forecast: of a figure by those before it only. So the spread is honest, whatever the shape of season
/// and trend, and the tested figure has no part in it.
/// </remarks>
internal static class BaselineFit
{
    /// <summary>Fewer errors give no spread.</summary>
    public const int LeastErrors = 5;

    // The latest errors, so many, make the spread: how the series behaves now.
    private const int Back = 36;
    private const int FirstPlace = 3;

    // In spreads, and how it grows when few errors make the spread: like the quantile of Student's t.
    private const double BaseLimit = 2.75;
    private const double FewErrors = 5;

    // A predictor up to so much worse than the best is heard as well; what it would call odd at this part of its limit, it does not oppose.
    private const double NearlyAsGood = 2;
    private const double Opposes = 0.7;

    // As does the same season of the last two years, at this part: a peak that was there a year ago. Not where it is further off than some
    // four times: that would be the same error once more.
    private const double SeasonOpposes = 0.5;
    private const double SeasonFar = 1.4;
    private const int SeasonYears = 2;

    // A figure further off than so many median errors, for every predictor, is taken for wrong and not learned from.
    private const double Gross = 8;
    private const double LeastGross = 0.3;

    public static double LimitOf(int errors) => BaseLimit * (1 + FewErrors / errors);

    /// <summary>Null where the series is too short.</summary>
    /// <param name="values">Scaled; wrong ones are taken out.</param>
    public static Baseline? Of(Axis axis, Span<double> values, Scale scale, MeasureKind kind, bool movesWithTet)
    {
        Span<double> errors = stackalloc double[Forecasts.Predictors * Back];
        var forecasts = new Forecasts(axis, values, movesWithTet);
        Span<double> seasons = stackalloc double[SeasonYears];
        for (var year = 1; year <= SeasonYears; year++)
            seasons[year - 1] = forecasts.Same(values.Length, year);
        Fill(axis, forecasts, values, errors);
        if (TakeOutGross(values, errors))
            Fill(axis, forecasts, values, errors);
        Span<double> expected = stackalloc double[Forecasts.Predictors];
        Span<double> spreads = stackalloc double[Forecasts.Predictors];
        Span<double> limits = stackalloc double[Forecasts.Predictors];
        var best = Judge(forecasts, values.Length, errors, Floor(kind), expected, spreads, limits);
        if (best < 0)
            return null;
        var (low, high) = (expected[best], expected[best]);
        for (var other = 0; other < Forecasts.Predictors; other++)
        {
            var half = spreads[other] * limits[other];
            if (double.IsNaN(half) || half > NearlyAsGood * spreads[best] * limits[best])
                continue;
            low = Math.Min(low, expected[other] - Opposes * half);
            high = Math.Max(high, expected[other] + Opposes * half);
        }
        foreach (var same in seasons)
        {
            if (!(Math.Abs(same - expected[best]) < SeasonFar))
                continue;
            low = Math.Min(low, same - SeasonOpposes * spreads[best] * limits[best]);
            high = Math.Max(high, same + SeasonOpposes * spreads[best] * limits[best]);
        }
        var isTetMoved = forecasts.HasTetMoved(values.Length);
        return new(scale, 0, expected[best], spreads[best], limits[best], low, high, 0, (Predictor)best, isTetMoved);
    }

    // What each predictor says of the place after the last, and the one that is off the least; -1: none can say anything.
    private static int Judge(
        Forecasts forecasts,
        int place,
        ReadOnlySpan<double> errors,
        double floor,
        Span<double> expected,
        Span<double> spreads,
        Span<double> limits
    )
    {
        Span<double> sizes = stackalloc double[Back];
        spreads.Fill(double.NaN);
        var best = -1;
        for (var at = 0; at < Forecasts.Predictors; at++)
        {
            var count = Sizes(errors.Slice(at * Back, Back), sizes);
            if (count < LeastErrors)
                continue;
            expected[at] = forecasts.Of((Predictor)at, place, place, out var wide);
            if (double.IsNaN(expected[at]))
                continue;
            spreads[at] = Math.Max(Medians.Spread(sizes[..count]) * wide, floor);
            limits[at] = LimitOf(count);
            if (best < 0 || spreads[at] * limits[at] < spreads[best] * limits[best])
                best = at;
        }
        return best;
    }

    /// <summary>The least spread: a series that never moved may move by a little all the same.</summary>
    public static double Floor(MeasureKind kind) =>
        kind switch
        {
            MeasureKind.Index => 0.004,
            MeasureKind.Ratio or MeasureKind.Score => 0.01,
            _ => 0.02,
        };

    private static void Fill(Axis axis, Forecasts forecasts, ReadOnlySpan<double> values, Span<double> errors)
    {
        errors.Fill(double.NaN);
        for (var back = 0; back < Back; back++)
        {
            var place = values.Length - 1 - back;
            if (place < FirstPlace)
                break;
            // A January whose Tết is like no other's says nothing of how well its season is foretold.
            if (double.IsNaN(values[place]) || forecasts.HasTetMoved(place))
                continue;
            for (var predictor = Predictor.Level; predictor <= Predictor.SeasonSteady; predictor++)
                errors[(int)predictor * Back + back] =
                    (values[place] - forecasts.Of(predictor, place, place, out var wide)) / wide;
        }
    }

    // Only single ones: two that follow each other can be a new level.
    private static bool TakeOutGross(Span<double> values, ReadOnlySpan<double> errors)
    {
        Span<double> least = stackalloc double[Back];
        Span<double> sizes = stackalloc double[Back];
        Least(errors, least);
        var count = Sizes(least, sizes);
        if (count < LeastErrors)
            return false;
        var gross = Math.Max(Gross * Medians.Of(sizes[..count]), LeastGross);
        var any = false;
        for (var back = 0; back < Back; back++)
        {
            if (!(least[back] > gross) || back > 0 && least[back - 1] > gross || back + 1 < Back && least[back + 1] > gross)
                continue;
            values[values.Length - 1 - back] = double.NaN;
            any = true;
        }
        return any;
    }

    // The error of the predictor that came nearest.
    private static void Least(ReadOnlySpan<double> errors, Span<double> least)
    {
        for (var back = 0; back < Back; back++)
        {
            least[back] = double.NaN;
            for (var predictor = 0; predictor < Forecasts.Predictors; predictor++)
            {
                var size = Math.Abs(errors[predictor * Back + back]);
                if (!double.IsNaN(size) && !(least[back] <= size))
                    least[back] = size;
            }
        }
    }

    private static int Sizes(ReadOnlySpan<double> errors, Span<double> sizes)
    {
        var count = 0;
        foreach (var error in errors)
        {
            if (!double.IsNaN(error))
                sizes[count++] = Math.Abs(error);
        }
        return count;
    }
}
