using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>Where one number came from: a statement, or a formula over inputs that are explained in turn.</summary>
/// <param name="Result">The number, or why there is none.</param>
/// <remarks>An input that several formulas share is one and the same object.</remarks>
public sealed record Explanation(SeriesKey Series, Period Period, ExplainedPart Part, Derived Result)
{
    /// <summary><see cref="Explaining.Arithmetic.None"/> for what was stated, and where there is no number.</summary>
    public Arithmetic Arithmetic { get; init; }

    /// <summary>In the formula's order, with those that are missing; empty for what was stated.</summary>
    public IReadOnlyList<ExplainedInput> Inputs { get; init; } = [];

    /// <summary>How the figure came about; null for what was reported, and for comparisons.</summary>
    public FormulaKind? Way { get; init; }

    /// <summary>The rule by which the row follows from others; null for all other rows.</summary>
    public DerivedRule? Rule { get; init; }

    /// <summary>How many of the needed parts were there, and how many are needed; null where none are counted.</summary>
    public (int Have, int Need)? Coverage { get; init; }

    /// <summary>What was said, or of a computed figure what its inputs allow to say; null for comparisons and where nothing is known.</summary>
    public Statement? Said { get; init; }

    /// <summary>Every statement of the figure's source that was news, in order of time, for reported figures.</summary>
    public IReadOnlyList<Revision> Revisions { get; init; } = [];

    /// <summary>What sources say that are trusted less, for reported figures.</summary>
    public IReadOnlyList<OtherSource> Others { get; init; } = [];

    /// <summary>The statement about a plan that counts; null for all but plans.</summary>
    public PlanVersion? Plan { get; init; }

    /// <summary>The season meant, for <see cref="ExplainedPart.Season"/>.</summary>
    public Season? Season { get; init; }

    /// <summary>The result once more, from the numbers of the inputs alone; null for what was stated, and where there is no number.</summary>
    public decimal? Recompute() => Recomputation.Of(this);

    /// <summary>The formula with the numbers put in; null for what was stated, and where there is no number.</summary>
    public string? Formula => FormulaText.Of(this);
}
