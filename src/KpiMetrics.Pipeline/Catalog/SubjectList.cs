using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>A printed list of subjects, which may end in "...".</summary>
internal sealed record SubjectList(IReadOnlyList<Subject> Subjects, bool IsOpen)
{
    public static readonly SubjectList None = new([], false);

    /// <summary>The mapping's own list; <paramref name="inherited"/> where it has no key 'subjects' (an empty list is a list).</summary>
    public static SubjectList Read(MapReader map, SubjectList inherited)
    {
        var isOpen = map.Flag("subjects_open");
        if (map.Has("subjects"))
            return new(map.Each("subjects", CatalogShapes.Subject, Subject), isOpen);
        if (map.Has("subjects_open"))
            map.Report("'subjects_open' has no list of 'subjects' beside it", ["subjects_open"]);
        return inherited;
    }

    private static Subject Subject(MapReader map) => new(map.Text("code"), map.Text("name"));
}
