using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>Whether a figure that we compute, and that was also reported, was reported as we compute it (DESIGN 4.4, 4.5).</summary>
/// <remarks>None throws for figures, whatever they are; a part that is not reported makes the result not computable.</remarks>
public static class ReconcileCheck
{
    /// <summary>A derived row of a set.</summary>
    /// <param name="measure">The derived measure, whose figure is stated.</param>
    /// <param name="compared">The measure it is derived from, which says whether changes are percent or points.</param>
    /// <param name="inputs">
    /// Each input as the terms that add up to it, mostly one: [value, base] for changes, [value or running total, plan] for <c>plan</c>,
    /// [numerator, denominator] for quotients, all months for <c>ytd</c>. Missing terms are counted through all inputs.
    /// </param>
    /// <exception cref="ArgumentException">The number of inputs is not the rule's.</exception>
    public static CheckResult Derived(
        Measure measure,
        DerivedRule rule,
        Measure compared,
        PrintedNumber? stated,
        IReadOnlyList<IReadOnlyList<PrintedNumber?>> inputs
    )
    {
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(compared);
        return Judgement.Of(
            stated,
            // An input without terms is not 0: it is not there.
            [.. inputs.SelectMany(terms => terms.Count == 0 ? [null] : terms)],
            (figure, terms) =>
                (rule, Totals(terms, inputs)) switch
                {
                    (DerivedRule.Ytd or DerivedRule.Sum, _) => Judgement.Against(figure, Bounded.Sum(terms)),
                    (DerivedRule.Difference, [var first, .. var others]) => Judgement.Against(
                        figure,
                        first - Bounded.Sum(others)
                    ),
                    (DerivedRule.Ratio, [var above, var below]) => Judgement.Quotient(figure, above, below, measure.Unit == "%"),
                    (DerivedRule.Share or DerivedRule.Plan, [var above, var below]) => Judgement.Quotient(
                        figure,
                        above,
                        below,
                        inPercent: true
                    ),
                    (
                        DerivedRule.Pop
                            or DerivedRule.Yoy
                            or DerivedRule.YtdYoy
                            or DerivedRule.Season
                            or DerivedRule.SeasonYoy
                            or DerivedRule.YearEnd,
                        [var now, var before]
                    ) => Judgement.Change(figure, now, before, compared.InPoints),
                    _ => throw new ArgumentException(
                        $"{measure.Code}: {rule} does not take {inputs.Count} inputs.",
                        nameof(inputs)
                    ),
                }
        );
    }

    /// <summary>A coarse figure against the finer ones it is made of, in order of time.</summary>
    /// <param name="rule">Sum, last, mean or max; for ratios <see cref="Rate"/>, for geometric means <see cref="Computed"/>.</param>
    /// <exception cref="ArgumentException">The rule is none of these.</exception>
    public static CheckResult Parts(OverTime rule, PrintedNumber? stated, IReadOnlyList<PrintedNumber?> parts) =>
        Judgement.Of(
            stated,
            parts,
            (figure, given) =>
                rule switch
                {
                    OverTime.Sum => Judgement.Against(figure, Bounded.Sum(given)),
                    OverTime.Last => Judgement.Same(figure, parts[^1].GetValueOrDefault()),
                    OverTime.Mean => Judgement.Quotient(
                        figure,
                        Bounded.Sum(given),
                        Bounded.Exactly(given.Count),
                        inPercent: false
                    ),
                    OverTime.Max => Judgement.Against(figure, Greatest(given)),
                    _ => throw new ArgumentException($"{rule} is not a roll-up of one list of figures.", nameof(rule)),
                }
        );

    /// <summary>A province's figure against the sum of its communes'.</summary>
    public static CheckResult Areas(PrintedNumber? stated, IReadOnlyList<PrintedNumber?> parts) =>
        Parts(OverTime.Sum, stated, parts);

    /// <summary>A reported running total against the sum of the year's flows so far.</summary>
    public static CheckResult Cumulative(PrintedNumber? stated, IReadOnlyList<PrintedNumber?> flows) =>
        Parts(OverTime.Sum, stated, flows);

    /// <summary>A rate of a coarser period or area against the ratio of its parts' sums.</summary>
    public static CheckResult Rate(
        PrintedNumber? stated,
        IReadOnlyList<PrintedNumber?> numerators,
        IReadOnlyList<PrintedNumber?> denominators,
        bool inPercent
    ) =>
        Judgement.Of(
            stated,
            numerators.Count == 0 || denominators.Count == 0 ? [] : [.. numerators, .. denominators],
            (figure, given) =>
                Judgement.Quotient(
                    figure,
                    Bounded.Sum(given.Take(numerators.Count)),
                    Bounded.Sum(given.Skip(numerators.Count)),
                    inPercent
                )
        );

    /// <summary>A figure against what was computed elsewhere from inputs taken as exact.</summary>
    public static CheckResult Computed(PrintedNumber? stated, decimal recomputed) =>
        Judgement.Of(
            stated,
            [PrintedNumber.Measured(recomputed)],
            (figure, _) => Judgement.Against(figure, Bounded.Exactly(recomputed))
        );

    /// <summary>A running total must not fall within its year, beyond what rounding can do.</summary>
    public static CheckResult NoFall(PrintedNumber? earlier, PrintedNumber? later) =>
        Judgement.Of(later, [earlier], (figure, given) => Judgement.Against(figure, given[0], Bound.AtLeast));

    private static List<Bounded> Totals(List<Bounded> terms, IReadOnlyList<IReadOnlyList<PrintedNumber?>> inputs)
    {
        var totals = new List<Bounded>(inputs.Count);
        var at = 0;
        foreach (var input in inputs)
        {
            totals.Add(Bounded.Sum(terms.GetRange(at, input.Count)));
            at += input.Count;
        }
        return totals;
    }

    private static Bounded Greatest(List<Bounded> given) =>
        new(given.Max(part => part.Value), given.Max(part => part.Lower), given.Max(part => part.Upper));
}
