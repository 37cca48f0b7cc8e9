namespace KpiMetrics.Core.Catalog.Changes;

/// <summary>Events added, changed or taken out; no figure follows from them, only what is suspected of it.</summary>
internal static class EventChanges
{
    public static void Find(ChangeList changes, IReadOnlyList<SetEvent> old, IReadOnlyList<SetEvent> next)
    {
        var before = old.Select(known => (known.Name, Text: known.ToString())).ToList();
        var left = next.Select(known => (known.Name, Text: known.ToString())).ToList();
        before.RemoveAll(left.Remove); // those that are in both, one for one
        foreach (var (name, text) in before)
        {
            var at = left.FindIndex(other => other.Name == name);
            changes.Add(null, ChangeKind.Event, text, at < 0 ? null : left[at].Text);
            if (at >= 0)
                left.RemoveAt(at);
        }
        foreach (var (_, text) in left)
            changes.Add(null, ChangeKind.Event, to: text);
    }
}
