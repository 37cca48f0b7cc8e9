using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation.Graph;
using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Checks.Statistics;

/// <summary>A declared emergency or an event that a set names: from when to when it moved figures of which areas.</summary>
/// <param name="Name">As a finding's reason.</param>
/// <param name="First">In Vietnam.</param>
/// <param name="Last">The last moment of it, in Vietnam.</param>
internal sealed record Occurrence(string Name, DateTime First, DateTime Last, IReadOnlyList<Area> Areas)
{
    // No summer time since long before any figure here.
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    private readonly IndicatorSet? set;
    private readonly IReadOnlyList<string> indicators = [];

    private Occurrence(string name, DateTime first, DateTime last, IReadOnlyList<Area> areas, IndicatorSet set, SetEvent known)
        : this(name, first, last, areas) => (this.set, indicators) = (set, known.Indicators);

    public DateOnly FirstDay => DateOnly.FromDateTime(First);

    /// <summary>Null for one that was stopped before it began.</summary>
    public static Occurrence? Of(Emergency emergency, CatalogSnapshot catalog) =>
        emergency.From < emergency.Until
            ? new(
                $"Tình trạng khẩn cấp theo {emergency.Order}",
                emergency.From.ToOffset(Vietnam).DateTime,
                emergency.Until.ToOffset(Vietnam).DateTime.AddTicks(-1),
                [.. emergency.Areas.Select(catalog.FindAreaById).OfType<Area>()]
            )
            : null;

    public static Occurrence Of(SetEvent known, IndicatorSet set, CatalogSnapshot catalog) =>
        new(
            known.Name,
            known.From.ToDateTime(TimeOnly.MinValue),
            known.To.ToDateTime(TimeOnly.MaxValue),
            [.. known.Areas.Select(code => catalog.FindArea(code, known.From)).OfType<Area>()],
            set,
            known
        );

    /// <summary>Emergencies are of every set; an event is of its own, and of the indicators it names.</summary>
    public bool IsOf(SeriesFormula formula) =>
        (set is null || set.Code == formula.Set.Code)
        && (indicators.Count == 0 || indicators.Contains(formula.Indicator.Code, StringComparer.Ordinal));
}
