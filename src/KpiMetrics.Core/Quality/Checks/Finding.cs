using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>A contradiction between reported figures, a figure that cannot be, or one that is not like the others of its series, with all that is needed to see it.</summary>
public sealed record Finding
{
    public required CheckKind Kind { get; init; }

    public required FindingVerdict Verdict { get; init; }

    public required string Set { get; init; }

    public required string Indicator { get; init; }

    public required Place Place { get; init; }

    /// <summary>The subject's code; empty for a measure that is one figure.</summary>
    public required string Subject { get; init; }

    /// <summary>The area's identity.</summary>
    public required string Area { get; init; }

    public required Period Period { get; init; }

    public required PrintedNumber Stated { get; init; }

    /// <summary>Who stated it; null where it does not matter.</summary>
    public string? Source { get; init; }

    /// <summary>In the order of the check's kind.</summary>
    public required IReadOnlyList<FindingInput> Inputs { get; init; }

    /// <summary>What follows from the inputs, unrounded; of a suspicion what was expected. Null where it cannot be computed, or nothing is expected.</summary>
    public decimal? Recomputed { get; init; }

    /// <summary>Stated less recomputed.</summary>
    public decimal? Difference { get; init; }

    /// <summary>Why nothing can be computed; null for a contradiction.</summary>
    public NotComputable? Reason { get; init; }

    /// <summary>What is suspected; null but for a suspicion.</summary>
    public Detection? Detection { get; init; }

    /// <summary>The row or article the rule comes from; null where the set does not say.</summary>
    public string? Origin { get; init; }

    public string Measure => Place.Measure;

    /// <summary>Stable: <c>identity-ratio</c>, ..., <c>unit-slip</c>, ..., <c>not-computable</c>.</summary>
    public string Code => Verdict == FindingVerdict.NotComputable ? "not-computable" : Detection?.Code ?? Kind.Code();

    /// <summary>One sentence with the numbers, for the office that reports.</summary>
    public string Vietnamese => FindingVietnamese.Sentence(this);

    /// <summary>Null where the result is not worth telling.</summary>
    public static Finding? Of(
        CheckedFigure about,
        CheckKind kind,
        CheckResult result,
        IReadOnlyList<FindingInput> inputs,
        string? origin
    )
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(result);
        if (!result.IsFinding || about.Stated is not { } stated)
            return null;
        var contradiction = result as Contradicts;
        return new()
        {
            Kind = kind,
            Verdict = contradiction is null ? FindingVerdict.NotComputable : FindingVerdict.Contradiction,
            Set = about.Set.Code,
            Indicator = about.Indicator,
            Place = Place.Of(about.Set, about.Measure, about.Subject),
            Subject = about.Subject,
            Area = about.Area,
            Period = about.Period,
            Stated = stated,
            Source = about.Source,
            Inputs = inputs,
            Recomputed = contradiction?.Recomputed,
            Difference = contradiction?.Difference,
            Reason = result as NotComputable,
            Origin = origin,
        };
    }

    /// <summary>A suspicion; null where no number is stated.</summary>
    /// <param name="inputs">The figure it is best compared with, where there is one.</param>
    public static Finding? Of(CheckedFigure about, Detection detection, IReadOnlyList<FindingInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(about);
        ArgumentNullException.ThrowIfNull(detection);
        if (about.Stated is not { } stated)
            return null;
        var expected = detection.Expected ?? detection.Meant;
        return new()
        {
            Kind = CheckKind.Statistical,
            Verdict = FindingVerdict.Suspicion,
            Set = about.Set.Code,
            Indicator = about.Indicator,
            Place = Place.Of(about.Set, about.Measure, about.Subject),
            Subject = about.Subject,
            Area = about.Area,
            Period = about.Period,
            Stated = stated,
            Source = about.Source,
            Inputs = inputs,
            Recomputed = expected,
            Difference = expected is { } number ? Apart(stated.Value, number) : null,
            Detection = detection,
        };
    }

    private static decimal? Apart(decimal stated, decimal expected)
    {
        try
        {
            return stated - expected;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
