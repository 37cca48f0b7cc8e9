using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>A declared emergency: while it lasts, its areas report by the hour what they otherwise report by the day (DESIGN 4.4).</summary>
/// <param name="Id">From 1.</param>
/// <param name="Order">The number of the order that declares it.</param>
/// <param name="Areas">Identities of areas; a province stands for every area in it.</param>
/// <param name="From">When it begins; the hour that this falls into is the first to be reported.</param>
/// <param name="Until">When it ends by itself, or ended: the hour that begins then is not reported any more.</param>
/// <param name="StoppedAt">When it was stopped before its time; null: it was not.</param>
public sealed record Emergency(
    long Id,
    string Order,
    IReadOnlyList<string> Areas,
    DateTimeOffset From,
    DateTimeOffset Until,
    DateTimeOffset DeclaredAt,
    string DeclaredBy,
    DateTimeOffset? StoppedAt
)
{
    public bool IsInForce(DateTimeOffset at) => From <= at && at < Until;

    /// <summary>True where some of the hour lies within the emergency; never for one that was stopped before it began.</summary>
    public bool Covers(Period hour, TimeZoneInfo zone)
    {
        var window = Windows.Of(hour, WindowRule.Calendar);
        return From < Until && window.OpensAt(zone) < Until && window.ClosesAt(zone) > From;
    }
}
