using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>kill -9 of InfluxDB, started again at once or after a while.</summary>
/// <param name="isAway">It stays away.</param>
internal sealed class KillInflux(bool isAway) : ITrouble
{
    public string Name => isAway ? "influx-away" : "kill-influx";

    public string? WhyNot(Site site) => null;

    public async Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken)
    {
        var away = isAway ? span : TimeSpan.Zero;
        await site.Influx.KillAsync();
        await Task.Delay(away, cancellationToken);
        await site.Influx.StartAgainAsync(cancellationToken);
        return FormattableString.Invariant($"away for {away.TotalSeconds:F0} s");
    }
}
