using KpiMetrics.Core.Catalog;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Catalog.Yaml;
using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Pipeline.Sources.Sql;

namespace KpiMetrics.Pipeline.Sources.Sites;

/// <summary>Reads a site file, checks it against itself and the catalog, and gathers every fault before it gives up.</summary>
public static class SiteReader
{
    /// <summary>Bad input gives faults, never an exception; they quote no address, header, or connection.</summary>
    /// <param name="takenFolders">Folders of the engine's own inboxes, which no office's may be.</param>
    public static SiteReading Read(string path, CatalogSnapshot catalog, params IReadOnlyList<string> takenFolders)
    {
        var faults = new FaultLog(path);
        var places = new Places();
        var root = YamlFile.Read(path, faults);
        if (root is YamlScalar or YamlList)
            faults.Add(root.Line, $"the file is {root.Description}; expected a mapping of {SiteShapes.File.Allowed}");
        var items = root is YamlMap map ? Items(new(map, SiteShapes.File, faults, places), path) : [];
        foreach (var fault in Check(items, catalog, takenFolders))
            places.Of(fault.Item).Report(fault.Message, [fault.Key]);
        var all = faults.Sorted().ToList();
        var site = new Site([.. items.OfType<SourceOptions>()], [.. items.OfType<OfficeInboxOptions>()]);
        return new(all.Count == 0 ? site : null, all);
    }

    private static IReadOnlyList<object> Items(MapReader map, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        return map.EachOf<object>(
            "sources",
            "kind",
            new Dictionary<string, (CatalogShape, Func<MapReader, object>)>(StringComparer.Ordinal)
            {
                ["http"] = (SiteShapes.Http, SiteMapping.Http),
                ["sql"] = (SiteShapes.Sql, SiteMapping.Sql),
                ["inbox"] = (SiteShapes.Inbox, inbox => SiteMapping.Inbox(inbox, folder)),
            }
        );
    }

    private static IEnumerable<SiteFault> Check(
        IReadOnlyList<object> items,
        CatalogSnapshot catalog,
        IReadOnlyList<string> takenFolders
    ) =>
        SiteRules
            .Names(items.Select(item => (item, Name(item))))
            .Concat(items.SelectMany(item => Check(item, catalog)))
            .Concat(InboxRules.Folders(items.OfType<OfficeInboxOptions>(), takenFolders));

    private static string Name(object item) => item is SourceOptions source ? source.Name : ((OfficeInboxOptions)item).Name;

    private static IEnumerable<SiteFault> Check(object item, CatalogSnapshot catalog) =>
        item switch
        {
            HttpSourceOptions http => HttpRules.Check(http).Concat(SiteRules.Asked(http, catalog)),
            SqlSourceOptions sql => SqlRules.Check(sql).Concat(SiteRules.Asked(sql, catalog)),
            OfficeInboxOptions inbox => AnnotationRules
                .Check(inbox)
                .Concat(SiteRules.Office(inbox, inbox.Set, inbox.Agency, catalog)),
            _ => throw new ArgumentException($"{item.GetType().Name} is no source.", nameof(item)),
        };
}
