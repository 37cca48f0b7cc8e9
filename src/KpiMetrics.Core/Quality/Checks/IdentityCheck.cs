using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>Whether a reported figure keeps an identity that its set declares (DESIGN 4.8).</summary>
public static class IdentityCheck
{
    /// <summary>Never throws for figures, whatever they are.</summary>
    /// <param name="stated">The figure of <paramref name="measure"/>; null: not reported.</param>
    /// <param name="inputs">In the identity's order; for <c>sum-of-subjects</c> the lines of the breakdown.</param>
    /// <exception cref="ArgumentException">The number of inputs is not the rule's: the catalog was not checked.</exception>
    public static CheckResult Evaluate(
        Measure measure,
        MeasureIdentity identity,
        PrintedNumber? stated,
        IReadOnlyList<CheckInput> inputs
    )
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(identity);
        var percent = identity.Rule == IdentityRule.Share || measure.Unit == "%";
        return Judgement.Of(
            stated,
            [.. inputs.Select(input => input.Value)],
            (figure, given) =>
                (identity.Rule, given) switch
                {
                    (IdentityRule.Ratio or IdentityRule.Share, [var above, var below]) => Judgement.Quotient(
                        figure,
                        above,
                        below,
                        percent
                    ),
                    (IdentityRule.RatioOf, [var whole]) => whole.Value == 0m
                        ? Judgement.Why(Incomputable.ZeroDenominator)
                        : Agrees.Yes,
                    (IdentityRule.Sum or IdentityRule.SumOfSubjects, _) => Judgement.Against(figure, Bounded.Sum(given)),
                    (IdentityRule.Difference, [var first, .. var others]) => Judgement.Against(
                        figure,
                        first - Bounded.Sum(others)
                    ),
                    (IdentityRule.AtMost, [var whole]) => Judgement.Against(figure, whole, Bound.AtMost),
                    (IdentityRule.Equal, [_]) => Judgement.Same(figure, inputs[0].Value.GetValueOrDefault()),
                    _ => throw new ArgumentException(
                        $"{measure.Code}: {identity.Rule} does not take {given.Count} inputs.",
                        nameof(inputs)
                    ),
                }
        );
    }
}
