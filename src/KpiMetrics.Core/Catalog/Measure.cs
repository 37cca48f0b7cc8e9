using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>One figure under an indicator ("thông tin, dữ liệu"), with everything the decision prints about it.</summary>
public sealed record Measure
{
    /// <summary>The indicator's code and the place in document order: <c>LC-A01.03</c>.</summary>
    public required string Code { get; init; }

    /// <summary>As printed, letter by letter.</summary>
    public required string Name { get; init; }

    public required MeasureKind Kind { get; init; }

    /// <summary>Over areas.</summary>
    public required Aggregation Aggregation { get; init; }

    /// <summary>As printed; null where the document prints none.</summary>
    public string? Unit { get; init; }

    /// <summary>The row's own printed number ("3.1.1."); null where it has none.</summary>
    public string? Number { get; init; }

    /// <summary>A printed heading above the row that carries no figure itself.</summary>
    public string? Under { get; init; }

    /// <summary>Null: the figure is reported. Otherwise it follows from other rows.</summary>
    public MeasureDerivation? Derived { get; init; }

    /// <summary>The office that reports this row, where it is not the indicator's.</summary>
    public string? Agency { get; init; }

    public string? Owner { get; init; }

    public string? Source { get; init; }

    /// <summary>The breakdown, the indicator's where the row has none of its own; empty: the measure is one figure.</summary>
    public IReadOnlyList<Subject> Subjects { get; init; } = [];

    /// <summary>The printed list of subjects ends in "...": the office may add to the catalog.</summary>
    public bool SubjectsOpen { get; init; }

    /// <summary>For an index: its bases in order of time; empty where one base holds throughout.</summary>
    public IReadOnlyList<IndexBase> Bases { get; init; } = [];

    /// <summary>The document does not print this measure; it was concluded from the indicator's name.</summary>
    public bool Inferred { get; init; }

    /// <summary>What is ambiguous or wrong in the document.</summary>
    public string? Note { get; init; }

    /// <summary>True where changes are in percentage points: ratios, and anything whose unit is %.</summary>
    public bool InPoints => Kind == MeasureKind.Ratio || Unit == "%";

    /// <summary>The base an index has in the period; null where no bases are declared or none is yet in force.</summary>
    public string? BaseAt(Period period)
    {
        string? found = null;
        foreach (var entry in Bases)
        {
            if (entry.From.Start <= period.Start)
                found = entry.Base;
        }
        return found;
    }
}
