using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Troubles;

/// <summary>Something that goes wrong in a data centre.</summary>
internal interface ITrouble
{
    /// <summary>Such as <c>kill-worker</c>.</summary>
    string Name { get; }

    /// <summary>Why it cannot happen at this site; null where it can.</summary>
    string? WhyNot(Site site);

    /// <summary>Lets it happen, and mends it.</summary>
    /// <param name="span">About how long it lasts.</param>
    /// <returns>What was done.</returns>
    Task<string> StrikeAsync(Site site, Random random, TimeSpan span, CancellationToken cancellationToken);
}
