namespace KpiMetrics.Core.Periods;

/// <summary>The SDMX letters of the frequencies: H D W M Q S A.</summary>
public static class FrequencyCode
{
    private const string Letters = "HDWMQSA";

    /// <summary>What a message lists as allowed.</summary>
    public const string Allowed = "H, D, W, M, Q, S, A";

    public static string Code(this Frequency frequency) => Letters[(int)frequency].ToString();

    /// <summary>Reads one upper-case letter; anything else is no frequency.</summary>
    public static bool TryParse(string? text, out Frequency frequency)
    {
        var at = text is { Length: 1 } ? Letters.IndexOf(text[0], StringComparison.Ordinal) : -1;
        frequency = at < 0 ? default : (Frequency)at;
        return at >= 0;
    }
}
