using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Alerting;

/// <summary>How alerts are named: the same in every process and build, and as the view <c>v_alerts</c> does. A new kind takes a first word of its own.</summary>
public static class AlertKeys
{
    /// <summary><c>lao-cai/LC-A01/M/2026-10/02671@2025-07-01</c>: whatever the lateness becomes.</summary>
    public static string OfObligation(Duty duty, Period period, string area) => $"{duty}/{period}/{area}";

    public static string OfSource(string source, string set) => $"source:{source}/{set}";

    public static string OfPoint(SeriesKey series, Period period) =>
        string.Join(
            '/',
            (
                (string[])
                    ["point", series.Set, series.Measure, series.Subject, series.Frequency.Code(), period.ToString(), series.Area]
            ).Where(part => part.Length > 0)
        );

    /// <param name="id">The ledger's number of the finding.</param>
    public static string OfFinding(long id) => FormattableString.Invariant($"{Finding}{id}");

    /// <summary>The number in <see cref="OfFinding"/>; null where the key is of something else.</summary>
    public static long? FindingOf(string key) =>
        key.StartsWith(Finding, StringComparison.Ordinal)
        && long.TryParse(key.AsSpan(Finding.Length), System.Globalization.CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    /// <summary><c>threshold:lao-cai/LC-C01.01/luong-mua/02671@2025-07-01/mua-24h/tu-100</c>; the subject is left out where there is none.</summary>
    public static string OfLevel(LevelKey level)
    {
        ArgumentNullException.ThrowIfNull(level);
        string[] parts = [level.Set, level.Measure, level.Subject, level.Area, level.Threshold, level.Level];
        return (level.IsMissed ? Missed : Threshold) + string.Join('/', parts.Where(part => part.Length > 0));
    }

    /// <summary>The level in <see cref="OfLevel"/>; null where the key is of something else.</summary>
    public static LevelKey? LevelOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var isMissed = key.StartsWith(Missed, StringComparison.Ordinal);
        if (!isMissed && !key.StartsWith(Threshold, StringComparison.Ordinal))
            return null;
        return key[(isMissed ? Missed : Threshold).Length..].Split('/') switch
        {
            [var set, var measure, var subject, var area, var threshold, var level] => new LevelKey(
                set,
                measure,
                subject,
                area,
                threshold,
                level,
                isMissed
            ),
            [var set, var measure, var area, var threshold, var level] => new LevelKey(
                set,
                measure,
                "",
                area,
                threshold,
                level,
                isMissed
            ),
            _ => null,
        };
    }

    private const string Finding = "finding:";
    private const string Threshold = "threshold:";
    private const string Missed = "threshold-missed:";
}
