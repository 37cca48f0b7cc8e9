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

    /// <summary>What it must agree with among the set's other reported measures.</summary>
    public IReadOnlyList<MeasureIdentity> Identities { get; init; } = [];

    /// <summary>The least a figure can be; null: 0, unless <see cref="MayBeNegative"/>.</summary>
    public decimal? Min { get; init; }

    /// <summary>The most a figure can be; null: no bound.</summary>
    public decimal? Max { get; init; }

    /// <summary>A figure may be negative: a balance, a temperature, a growth rate.</summary>
    public bool MayBeNegative { get; init; }

    /// <summary>From which figures on an hour is an emergency; <see cref="Quality.Thresholds.SeriesThresholds"/> says which hold for a series.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>As the set says; null where <see cref="OverTime"/> follows from the kind.</summary>
    public OverTime? DeclaredOverTime { get; init; }

    /// <summary>How finer figures make a coarser one.</summary>
    public OverTime OverTime =>
        DeclaredOverTime
        ?? Kind switch
        {
            MeasureKind.Flow => OverTime.Sum,
            MeasureKind.Stock or MeasureKind.Cumulative => OverTime.Last,
            MeasureKind.Ratio when Ratio is not null => OverTime.RatioOfSums,
            _ => OverTime.None,
        };

    /// <summary>True where the year so far is a figure of its own: a sum, a mean, or the running total itself.</summary>
    public bool HasYearToDate =>
        Kind is MeasureKind.Flow or MeasureKind.Cumulative || OverTime is OverTime.Mean or OverTime.GeometricMean;

    /// <summary>The two measures whose quotient it is, numerator first; null where the set does not say.</summary>
    public MeasureRatio? Ratio
    {
        get
        {
            if (Derived is { Rule: DerivedRule.Ratio or DerivedRule.Share, Inputs: [var above, var below] } derived)
                return new(above, below, derived.Rule == DerivedRule.Share || Unit == "%");
            foreach (var identity in Identities)
            {
                if (identity is { Rule: IdentityRule.Ratio or IdentityRule.Share, Inputs: [var numerator, var denominator] })
                    return new(numerator, denominator, identity.Rule == IdentityRule.Share || Unit == "%");
            }
            return null;
        }
    }

    /// <summary>First day in force; null: as long as its indicator.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day in force; null while it is.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The measure it takes the place of.</summary>
    public Replacement? Replaces { get; init; }

    /// <summary>What it was before, in order of the dates.</summary>
    public IReadOnlyList<FormerVersion> Was { get; init; } = [];

    /// <summary>What is ambiguous or wrong in the document.</summary>
    public string? Note { get; init; }

    /// <summary>The measure as it was on the day: name and agency; after all former versions, itself.</summary>
    public Measure On(DateOnly day) =>
        this with
        {
            Name = Former.On(Was, day, version => version.Name) ?? Name,
            Agency = Former.On(Was, day, version => version.Agency) ?? Agency,
        };

    /// <summary>True where changes are differences and not percentages: ratios and anything whose unit is % (in percentage points), and scores (in points).</summary>
    public bool InPoints => Kind is MeasureKind.Ratio or MeasureKind.Score || Unit == "%";
}
