using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources.Sites;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>Drop folders must not share files: each would take what belongs to the other.</summary>
internal static class InboxRules
{
    /// <param name="taken">Folders that something else already takes files from, with all beneath them.</param>
    public static IEnumerable<SiteFault> Folders(IEnumerable<OfficeInboxOptions> inboxes, IEnumerable<string> taken)
    {
        var seen = taken.Select(Path.GetFullPath).ToList();
        foreach (var inbox in inboxes.Where(inbox => inbox.Folder.Length > 0))
        {
            if (seen.Any(other => IsWithin(inbox.Folder, other) || IsWithin(other, inbox.Folder)))
                yield return new(inbox, "folder", $"'folder' is {Shown.Of(inbox.Folder)}, which another source takes files from");
            seen.Add(inbox.Folder);
        }
    }

    private static bool IsWithin(string folder, string other)
    {
        var way = Path.GetRelativePath(other, folder);
        return way == "." || !way.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(way);
    }
}
