using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Changes of one series that lie near enough to be read and derived together.</summary>
/// <param name="Changes">In order of the periods.</param>
/// <param name="Affected">The periods whose points may change with them, in order.</param>
internal sealed record Stretch(int SeriesId, IReadOnlyList<ChangedKey> Changes, IReadOnlyList<Period> Affected)
{
    /// <summary>The first period whose figure is needed.</summary>
    public Period ReadFrom => Dependents.InputsFrom(Affected[0]);

    /// <summary>The last period whose figure is needed.</summary>
    public Period ReadTo => Affected[^1];

    /// <summary>Splits where one stretch needs nothing that another reads: a change of 1995 and one of 2025 do not make us read between.</summary>
    public static IEnumerable<Stretch> Of(IEnumerable<ChangedKey> changes)
    {
        foreach (var series in changes.GroupBy(change => change.SeriesId))
        {
            var part = new List<ChangedKey>();
            foreach (var change in series.OrderBy(change => change.Period))
            {
                if (part.Count > 0 && IsApart(part[^1].Period, change.Period))
                {
                    yield return From(part);
                    part = [];
                }
                part.Add(change);
            }
            yield return From(part);
        }
    }

    private static bool IsApart(Period before, Period next) =>
        before.LastOfYear < next && Dependents.InputsFrom(next) > Dependents.LastOf(before);

    private static Stretch From(List<ChangedKey> changes) =>
        new(changes[0].SeriesId, changes, Publishing.Affected.By(changes.Select(change => change.Period)));
}
