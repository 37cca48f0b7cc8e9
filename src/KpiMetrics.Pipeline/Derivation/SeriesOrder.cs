using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Derivation;

/// <summary>Series of one measure by subject, area and frequency letter.</summary>
internal sealed class SeriesOrder : IComparer<SeriesKey>
{
    public static readonly SeriesOrder Instance = new();

    public int Compare(SeriesKey? left, SeriesKey? right)
    {
        if (left is null || right is null)
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        var order = string.CompareOrdinal(left.Subject, right.Subject);
        if (order == 0)
            order = string.CompareOrdinal(left.Area, right.Area);
        return order != 0 ? order : left.Frequency.CompareTo(right.Frequency);
    }
}
