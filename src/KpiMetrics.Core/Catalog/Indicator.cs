using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Catalog;

/// <summary>One "chỉ số" of a set, as its decision prints it.</summary>
public sealed record Indicator
{
    /// <summary>Prefix, group and number: <c>LC-A01</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The code of its group: <c>A</c>.</summary>
    public required string Group { get; init; }

    /// <summary>As printed: <c>1</c>, <c>3.</c></summary>
    public required string Number { get; init; }

    public required string Name { get; init; }

    /// <summary>The office that must report ("đầu mối báo cáo").</summary>
    public required string Agency { get; init; }

    /// <summary>The mandated frequencies, finest first.</summary>
    public required IReadOnlyList<Frequency> Frequencies { get; init; }

    /// <summary>As printed: <c>Ngày/ tháng</c>.</summary>
    public string? FrequencyPrinted { get; init; }

    public string? Database { get; init; }

    /// <summary>The office that owns the database ("cơ quan chủ quản CSDL").</summary>
    public string? Owner { get; init; }

    public string? Source { get; init; }

    /// <summary>First day in force; null: as long as its set.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day in force; null while it is.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The indicator it takes the place of.</summary>
    public Replacement? Replaces { get; init; }

    /// <summary>What it was before, in order of the dates.</summary>
    public IReadOnlyList<FormerVersion> Was { get; init; } = [];

    /// <summary>Its own rules, where the set's do not hold for it; empty: the set's.</summary>
    public IReadOnlyList<RegimeRule> Regime { get; init; } = [];

    public string? Note { get; init; }

    public required IReadOnlyList<Measure> Measures { get; init; }

    /// <summary>Every frequency it has or once had, finest first.</summary>
    public IReadOnlyList<Frequency> AllFrequencies =>
        [.. Was.SelectMany(version => version.Frequencies).Concat(Frequencies).Distinct().Order()];

    /// <summary>The indicator as it was on the day: name, agency and frequencies; after all former versions, itself.</summary>
    public Indicator On(DateOnly day) =>
        this with
        {
            Name = Former.On(Was, day, version => version.Name) ?? Name,
            Agency = Former.On(Was, day, version => version.Agency) ?? Agency,
            Frequencies =
                Former.On(Was, day, version => version.Frequencies.Count == 0 ? null : version.Frequencies) ?? Frequencies,
        };
}
