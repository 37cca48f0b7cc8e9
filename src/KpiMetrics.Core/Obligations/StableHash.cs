namespace KpiMetrics.Core.Obligations;

/// <summary>A hash that stays the same for ever, on every machine: FNV-1a over UTF-16, mixed once more.</summary>
public static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            hash = unchecked((hash ^ letter) * 16777619u);
        hash ^= hash >> 16;
        hash = unchecked(hash * 0x7feb352du);
        return hash ^ hash >> 15;
    }

    /// <summary>0 up to, not including, 1.</summary>
    public static double Fraction(string text) => Of(text) / 4294967296.0;
}
