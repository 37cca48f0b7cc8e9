using KpiMetrics.Pipeline.Sources.Sites;

namespace KpiMetrics.Worker.Composition;

/// <summary>Where the site file lies: what <c>Site:File</c> says, or <c>DATA/site.yaml</c> where there is one.</summary>
public static class SiteFile
{
    public const string Name = "site.yaml";

    /// <summary>No file is a site without sources; a named one that is not there is a fault.</summary>
    public static SiteReading Read(Engine engine)
    {
        var settings = engine.Settings;
        var named = settings.Configuration["Site:File"];
        var path = named is { Length: > 0 } ? Path.GetFullPath(named) : Path.Combine(settings.Data, Name);
        return named is { Length: > 0 } || File.Exists(path)
            ? SiteReader.Read(path, engine.Catalog, settings.Inbox)
            : new(Site.Empty, []);
    }
}
