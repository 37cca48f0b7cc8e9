namespace KpiMetrics.Core.Quality.Checks;

/// <summary>The one comparison behind every check, and the one place where overflow is caught.</summary>
internal static class Judgement
{
    /// <summary>Runs a check on figures that are all there.</summary>
    public static CheckResult Of(
        PrintedNumber? stated,
        IReadOnlyList<PrintedNumber?> inputs,
        Func<PrintedNumber, List<Bounded>, CheckResult> check
    )
    {
        if (stated is not { } figure)
            return Why(Incomputable.NotStated);
        var missing = Enumerable.Range(0, inputs.Count).Where(at => inputs[at] is null).ToList();
        if (missing.Count > 0 || inputs.Count == 0)
            return new NotComputable(Incomputable.InputMissing, missing, null);
        try
        {
            return check(figure, [.. inputs.OfType<PrintedNumber>().Select(Bounded.Of)]);
        }
        catch (OverflowException)
        {
            return Why(Incomputable.TooLarge);
        }
    }

    /// <summary>
    /// Agreement is less than one whole unit of the last printed place between what is stated and anything that may follow; an
    /// exact figure must be among what may follow.
    /// </summary>
    public static CheckResult Against(PrintedNumber stated, Bounded recomputed, Bound bound = Bound.Both)
    {
        var (value, step) = (stated.Value, stated.Step);
        var tooGreat = step > 0m ? value - step >= recomputed.Upper : value > recomputed.Upper;
        var tooSmall = step > 0m ? value + step <= recomputed.Lower : value < recomputed.Lower;
        return (tooGreat && bound != Bound.AtLeast) || (tooSmall && bound != Bound.AtMost)
            ? Contradiction(value, recomputed)
            : Agrees.Yes;
    }

    /// <summary>One figure printed twice; the order does not matter.</summary>
    public static CheckResult Same(PrintedNumber stated, PrintedNumber other)
    {
        var apart = Math.Abs(stated.Value - other.Value);
        return apart == 0m || apart < stated.Step + other.Step
            ? Agrees.Yes
            : Contradiction(stated.Value, new(other.Value, other.Value - other.Step, other.Value + other.Step));
    }

    /// <summary>A quotient, which is rounded even where its unit counts.</summary>
    public static CheckResult Quotient(PrintedNumber stated, Bounded numerator, Bounded denominator, bool inPercent)
    {
        if (denominator.Value == 0m)
            return Why(Incomputable.ZeroDenominator, numerator.Value);
        var quotient = numerator.Times(inPercent ? 100m : 1m).Over(denominator);
        return Against(PrintedNumber.Measured(stated.Value), quotient);
    }

    /// <summary>A change in percent of the base, or in points.</summary>
    public static CheckResult Change(PrintedNumber stated, Bounded current, Bounded earlier, bool inPoints)
    {
        var rounded = PrintedNumber.Measured(stated.Value);
        if (inPoints)
            return Against(rounded, current - earlier);
        if (earlier.Value == 0m)
            return Why(Incomputable.ZeroDenominator, current.Value);
        // (v - b) / |b|, written so that the base is read once: its rounding must not count twice.
        var level = current.Times(100m).Over(earlier.Magnitude());
        return Against(rounded, level - Bounded.Exactly(100m * Math.Sign(earlier.Value)));
    }

    public static NotComputable Why(Incomputable why, decimal? numerator = null) => new(why, [], numerator);

    private static Contradicts Contradiction(decimal stated, Bounded recomputed) =>
        new(recomputed.Value, recomputed.Lower, recomputed.Upper, stated - recomputed.Value);
}
