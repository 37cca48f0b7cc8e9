using KpiMetrics.Worker.Demo;

namespace KpiMetrics.Worker.Composition;

/// <summary>Which indicators some source is asked for, by the site file and the demo; nothing is started for it.</summary>
public static class PulledIndicators
{
    /// <exception cref="CommandException">The site file has faults, each a line of the message.</exception>
    public static Func<string, string, bool> Of(Engine engine)
    {
        var reading = SiteFile.Read(engine);
        if (reading.Site is not { } site)
            throw new CommandException(string.Join(Environment.NewLine, reading.Faults));
        var isDemo = engine.Settings.IsDemo;
        return (set, indicator) => site.SourcesOf(set, indicator).Any() || (isDemo && DemoScope.Sets.Contains(set));
    }
}
