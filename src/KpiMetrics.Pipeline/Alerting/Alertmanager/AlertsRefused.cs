using System.Globalization;

namespace KpiMetrics.Pipeline.Alerting.Alertmanager;

/// <summary>What an Alertmanager did not take, though it took the rest.</summary>
/// <param name="Alerts">Keys of alerts and names of digests, each once, in order.</param>
/// <param name="Words">What it said of one of them.</param>
internal sealed record AlertsRefused(IReadOnlyList<string> Alerts, string Words)
{
    private const int Listed = 5;

    /// <summary>In one line.</summary>
    public string Text
    {
        get
        {
            var names = string.Join(", ", Alerts.Take(Listed));
            var more = Alerts.Count - Listed;
            return more > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{names} and {more} more: {Words}")
                : $"{names}: {Words}";
        }
    }
}
