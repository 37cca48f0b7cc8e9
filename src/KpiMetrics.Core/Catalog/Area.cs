using static System.FormattableString;

namespace KpiMetrics.Core.Catalog;

/// <summary>A province or commune while it bears a code; the same code before or after is another area (DESIGN 4.7).</summary>
public sealed record Area
{
    /// <summary>The official code, which may be used again for another area.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    public required AreaLevel Level { get; init; }

    /// <summary>First day of validity.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of validity; null while it stands.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The code of the area it lies in, at the time; null for the country.</summary>
    public string? Parent { get; init; }

    /// <summary>What it is called: <c>Phường</c>, <c>Xã</c>; null where the name says it.</summary>
    public string? Kind { get; init; }

    /// <summary>Degrees north.</summary>
    public decimal? Latitude { get; init; }

    /// <summary>Degrees east.</summary>
    public decimal? Longitude { get; init; }

    /// <summary>Square kilometres.</summary>
    public decimal? SurfaceKm2 { get; init; }

    /// <summary>The areas it was made from on its first day; empty where it is not known to have had any.</summary>
    public IReadOnlyList<AreaPart> Predecessors { get; init; } = [];

    /// <summary>The identity that stores keep: code and first day, <c>24@2025-07-01</c>.</summary>
    public string Id => Invariant($"{Code}@{From:yyyy-MM-dd}");

    /// <summary>The name with its kind before it, once: <c>Phường Ba Đình</c>, whether the kind stands in the name or apart.</summary>
    public string FullName =>
        Kind is null || Name.StartsWith(Kind + " ", StringComparison.OrdinalIgnoreCase) ? Name : $"{Kind} {Name}";

    public bool IsValidOn(DateOnly day) => From <= day && (To is not { } last || day <= last);
}
