using KpiMetrics.Pipeline.Sources.Inbox;

namespace KpiMetrics.Pipeline.Sources.Sites;

/// <summary>Which sources serve which indicators at one installation: the site file, read and found in order.</summary>
/// <param name="Sources">Those that are asked, in the order of the file.</param>
/// <param name="Inboxes">Offices' own drop folders.</param>
public sealed record Site(IReadOnlyList<SourceOptions> Sources, IReadOnlyList<OfficeInboxOptions> Inboxes)
{
    /// <summary>An installation without a site file: only the built-in inboxes.</summary>
    public static Site Empty { get; } = new([], []);

    /// <summary>Those that are asked for the indicator, in the order of the file; several may serve it.</summary>
    public IEnumerable<SourceOptions> SourcesOf(string set, string indicator) =>
        Sources.Where(source => source.Serves(set, indicator));
}
