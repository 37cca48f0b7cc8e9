using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>Tests one figure against all that is known of its series: every detector, one answer, the most specific.</summary>
public static class FigureTest
{
    /// <summary>Changes nothing and keeps nothing; the figure itself has no part in what it is held against.</summary>
    public static DetectorResult Of(TestedFigure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (figure.Kind == MeasureKind.Text)
            return new Untestable(UntestableReason.NoNumber, 0);
        var axis = Axis.Of(figure.Period, figure.Earlier, stackalloc double[Axis.Most]);
        if (figure.Kind == MeasureKind.Score && AreCoded(axis.Raw))
            return new Untestable(UntestableReason.CodedAnswers, axis.Count());
        Span<double> values = stackalloc double[axis.Raw.Length];
        Span<double> cleaned = stackalloc double[axis.Raw.Length];
        var offset = Amounts(figure, axis, values);
        axis.Without(figure.Events, figure.Period, values);
        var scale = Scale.Of(values, figure.Kind);
        var points = 0;
        for (var place = 0; place < values.Length; place++)
        {
            points += double.IsNaN(values[place]) ? 0 : 1;
            values[place] = scale.IsUsable ? scale.Of(values[place]) : double.NaN;
        }
        values.CopyTo(cleaned);
        if (Fit(figure, axis, cleaned, scale, offset, points) is not { } baseline)
            return WithoutBaseline(figure, axis, scale, points);
        var common = figure.Siblings?.Surprise;
        var shock = baseline.Predictor != Predictor.Pooled && common is { IsCommon: true } move ? move.Median : 0;
        var evidence = new Evidence(figure, axis, values, cleaned, baseline, shock);
        return Find(evidence) is { } hit
            ? Answer(figure, Told.Of(hit, figure, baseline))
            : new Plausible(Told.Number(baseline.ExpectedValue, figure), baseline.Deviation((double)figure.Value));
    }

    // Running totals become what each period adds, where the total before the tested one is known.
    private static double Amounts(TestedFigure figure, Axis axis, Span<double> values)
    {
        var before = figure.Kind == MeasureKind.Cumulative ? axis.Before(axis.Raw.Length) : double.NaN;
        if (double.IsNaN(before))
        {
            axis.Raw.CopyTo(values);
            return 0;
        }
        axis.Decumulate(values);
        return before;
    }

    private static Baseline? Fit(TestedFigure figure, Axis axis, Span<double> cleaned, Scale scale, double offset, int points)
    {
        if (!scale.IsUsable)
            return null;
        var movesWithTet = figure.Kind is MeasureKind.Flow or MeasureKind.Cumulative;
        var own = BaselineFit.Of(axis, cleaned, scale, figure.Kind, movesWithTet);
        if (own is { } found)
            return found with { Offset = offset, Points = points };
        return figure.Siblings is { } siblings && figure.Kind != MeasureKind.Cumulative
            ? PooledBaseline.Of(cleaned, scale, siblings, points)
            : null;
    }

    private static DetectorResult WithoutBaseline(TestedFigure figure, Axis axis, Scale scale, int points)
    {
        if (CumulativeFall.Find(figure, axis) is { } fall)
            return Answer(figure, Told.Of(fall, figure, null));
        if (figure is { Value: < 0m, MayBeNegative: false, Kind: not MeasureKind.Index })
        {
            var sign = new Hit(DetectorKind.Sign, 0, 0) { Meant = -figure.Value };
            return Answer(figure, Told.Of(sign, figure, null));
        }
        var reason = points > 0 && !scale.IsUsable ? UntestableReason.AllZero : UntestableReason.TooFewPoints;
        return new Untestable(reason, points);
    }

    private static Hit? Find(Evidence evidence)
    {
        var form = UnitSlip.Find(evidence);
        Take(ref form, GrowthForIndex.Find(evidence));
        Take(ref form, WrongSign.Find(evidence));
        return form
            ?? CumulativeFall.Find(evidence.Figure, evidence.Axis)
            ?? StuckValue.Find(evidence.Figure, evidence.Axis)
            ?? RevisionSize.Find(evidence)
            ?? LevelShift.Find(evidence)
            ?? Size(evidence)
            ?? SeasonalOutlier.Find(evidence)
            ?? SiblingDisagreement.Find(evidence);
    }

    // What made the amount what it is: the best of the reasons.
    private static Hit? Size(Evidence evidence)
    {
        var size = MissingThenDouble.Find(evidence);
        Take(ref size, DoubledReport.Find(evidence));
        Take(ref size, Transposition.Find(evidence));
        return size;
    }

    private static void Take(ref Hit? best, Hit? other)
    {
        if (other is { } hit && !(best is { } known && known.Misfit <= hit.Misfit))
            best = other;
    }

    private static DetectorResult Answer(TestedFigure figure, Detection detection)
    {
        if (!detection.Kind.CanBeAnEvent())
            return new Suspicious(detection);
        foreach (var known in figure.Events)
        {
            if (known.Covers(figure.Period))
                return new Explained(detection, known.Name);
        }
        return Tet.Touches(figure.Period) ? new Explained(detection, Tet.Name(figure.Period.Year)) : new Suspicious(detection);
    }

    // Two or three values are answers ("Có = 1; Không = 0"), not sizes.
    private static bool AreCoded(ReadOnlySpan<double> raw)
    {
        Span<double> seen = stackalloc double[3];
        var count = 0;
        foreach (var value in raw)
        {
            if (double.IsNaN(value) || seen[..count].Contains(value))
                continue;
            if (count == seen.Length)
                return false;
            seen[count++] = value;
        }
        return true;
    }
}
