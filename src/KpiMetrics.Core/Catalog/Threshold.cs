namespace KpiMetrics.Core.Catalog;

/// <summary>From which figures on an hourly series is an emergency: the alert levels of a river gauge, rain within hours, how fast water rises.</summary>
/// <remarks>
/// A level that is up falls back only after <see cref="Readings"/> figures in a row below the level less <see cref="Margin"/>: a river
/// that hovers about its level raises one alert.
/// </remarks>
public sealed record Threshold
{
    /// <summary>The windows that a sum may have, in hours.</summary>
    public static IReadOnlyList<int> SumHours { get; } = [1, 3, 6, 12, 24, 48, 72];

    /// <summary>Over how many hours a rise may be taken.</summary>
    public static IReadOnlyList<int> RiseHours { get; } = [1, 2, 3, 6, 12, 24];

    /// <summary>The most figures in a row that a level may wait for before it falls back.</summary>
    public const int MostReadings = 24;

    /// <summary>Of the measure's thresholds with one code the one that names the area, then the subject, holds: <c>mua-24h</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What is measured, as a sentence begins with it: <c>Mưa 24 giờ</c>.</summary>
    public required string Name { get; init; }

    public required ThresholdKind Kind { get; init; }

    /// <summary>The window's hours: of a sum how many are added up, of a rise between how many; 1 for values.</summary>
    public int Hours { get; init; } = 1;

    /// <summary>The unit where the measure prints none; of a rise without "/giờ".</summary>
    public string? Unit { get; init; }

    /// <summary>The lines of the measure's breakdown it holds for, as stations; empty: all that have none of their own with this code.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>The codes of the areas it holds for; empty: all that have none of their own with this code.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>How far below its level a figure must lie for the level to fall back; 0: just below.</summary>
    public decimal Margin { get; init; }

    /// <summary>How many figures in a row must lie there, 1 to <see cref="MostReadings"/>.</summary>
    public int Readings { get; init; } = 1;

    /// <summary>The article that says so, or who set it.</summary>
    public string? Origin { get; init; }

    /// <summary>In ascending order; at least one.</summary>
    public required IReadOnlyList<ThresholdLevel> Levels { get; init; }

    /// <summary>How many hours before its own the figure of an hour looks at.</summary>
    public int HoursBefore =>
        Kind switch
        {
            ThresholdKind.Sum => Hours - 1,
            ThresholdKind.Rise => Hours,
            _ => 0,
        };
}
