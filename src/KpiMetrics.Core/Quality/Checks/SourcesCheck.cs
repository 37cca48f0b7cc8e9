namespace KpiMetrics.Core.Quality.Checks;

/// <summary>Whether two sources state the same of one figure.</summary>
public static class SourcesCheck
{
    /// <summary>An estimate is not held against a final figure, nor one vintage against another: they need not agree.</summary>
    public static CheckResult Evaluate(SourceFigure first, SourceFigure second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return first.Vintage != second.Vintage || first.IsTentative != second.IsTentative
            ? Judgement.Why(Incomputable.DifferentStatement)
            : Judgement.Of(first.Value, [second.Value], (figure, _) => Judgement.Same(figure, second.Value));
    }
}
