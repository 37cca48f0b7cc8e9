using System.Text;
using KpiMetrics.Pipeline.Catalog.Yaml;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>A set's file without the lines of its events: they explain figures, and none is computed from them.</summary>
internal static class EventlessFile
{
    private const string Key = "events";

    /// <summary>The bytes that are left; those of the whole file where it is not sure which lines are the events'.</summary>
    public static byte[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().IndexOf("\nevents:"u8) < 0 || YamlFile.Read(path, new(path)) is not YamlMap map)
            return bytes;
        var at = map.Entries.TakeWhile(entry => entry.Key != Key).Count();
        if (at == map.Entries.Count)
            return bytes;
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var isLast = at + 1 == map.Entries.Count;
        var first = map.Entries[at].Line - 1;
        // The file ends with the break of its last line, with events and without.
        var next = isLast ? lines.Length - (lines[^1].Length == 0 ? 1 : 0) : map.Entries[at + 1].Line - 1;
        return Begins(lines, first, Key) && (isLast || Begins(lines, next, map.Entries[at + 1].Key)) && first < next
            ? Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(first).Concat(lines.Skip(next))))
            : bytes;
    }

    private static bool Begins(string[] lines, int at, string key) =>
        at < lines.Length && lines[at].StartsWith($"{key}:", StringComparison.Ordinal);
}
