using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>An amount that holds that of the period before as well, for which nothing, or 0, was reported.</summary>
internal static class MissingThenDouble
{
    private const double Near = 2.5;

    // There is a reason for the amount to be large: less is asked of it than of one without.
    private const double Against = -3;
    private const double Part = 0.6;

    public static Hit? Find(Evidence evidence)
    {
        var axis = evidence.Axis;
        var baseline = evidence.Baseline;
        if (
            evidence.Figure.Kind != MeasureKind.Flow
            || baseline.Scale.IsLumpy
            || axis.Raw.Length < 2
            || axis.Raw[^1] is not (0 or double.NaN)
            || evidence.Deviation < Part * baseline.Limit
        )
            return null;
        var before = baseline.Expected;
        if (baseline.Predictor != Predictor.Pooled)
        {
            var place = axis.Raw.Length - 1;
            var foretold = new Forecasts(axis, evidence.Cleaned, evidence.MovesWithTet).Of(baseline.Predictor, place, place);
            before = double.IsNaN(foretold) ? before : foretold;
        }
        var fit = evidence.Fit(evidence.Value - baseline.Scale.Back(before));
        return fit <= Near
            ? new Hit(DetectorKind.MissingThenDouble, Math.Abs(evidence.Deviation), Hit.MisfitOf(fit, Against))
            {
                Reference = new(evidence.Figure.Period.Shift(-1), 0m),
                Factor = 2m,
            }
            : null;
    }
}
