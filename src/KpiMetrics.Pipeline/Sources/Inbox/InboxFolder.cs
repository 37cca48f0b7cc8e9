using System.Globalization;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>A folder that offices drop reports into; what is done with goes to <c>done/</c>, what cannot be read to <c>refused/</c>.</summary>
/// <remarks>
/// For one reader at a time. Killed between any two steps it goes on rightly: what is written beside a file is there before
/// the file is moved, the move is the last step and one, and a second try clears away what the first left alone.
/// Nothing is ever overwritten but such leftovers.
/// </remarks>
public sealed class InboxFolder(string path)
{
    private const string RefusalsEnding = ".refused.csv";
    private const string ReasonEnding = ".reason.txt";
    private readonly Dictionary<string, Sighting> _sightings = new(StringComparer.Ordinal);

    private string Done => Path.Combine(path, "done");

    private string Refused => Path.Combine(path, "refused");

    /// <summary>The <c>*.csv</c> and <c>*.xlsx</c> files that are wholly there; the folder is made if it isn't there.</summary>
    /// <remarks>
    /// In the order in which they were written, then by name: a correction comes after what it corrects whatever the two are called,
    /// and a file that a kill left taken but not archived is met again before any sent since.
    /// </remarks>
    /// <param name="settle">How long size and time of change must have stayed the same; zero takes every file at once.</param>
    public IReadOnlyList<string> FindFiles(TimeSpan settle, DateTimeOffset now)
    {
        var found = Directory
            .CreateDirectory(path)
            .EnumerateFiles()
            .Where(IsReport)
            .OrderBy(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var gone in _sightings.Keys.Except(found.Select(file => file.Name), StringComparer.Ordinal).ToList())
            _sightings.Remove(gone);
        return [.. found.Where(file => now - LastChange(file, now) >= settle).Select(file => file.FullName)];
    }

    /// <summary>What tells one file from another of the same name: name, length and time of writing.</summary>
    public static string IdentityOf(string file)
    {
        var info = new FileInfo(file);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{info.Name}|{(info.Exists ? info.Length : 0)}|{info.LastWriteTimeUtc:O}"
        );
    }

    /// <summary>Begins the list of rows that were not taken, where <see cref="Archive"/> with the same arguments will put the file, as <c>NAME.refused.csv</c>.</summary>
    /// <remarks>Safe to open in a spreadsheet. What an earlier try wrote is removed; nothing counts before it is completed.</remarks>
    public RefusalsCsv BeginRefusals(string file, DateTimeOffset receivedAt)
    {
        var place = ArchivePlace.Free(Done, Path.GetFileName(file), receivedAt);
        place.RemoveLeftovers(RefusalsEnding);
        return new(place.Begin(RefusalsEnding));
    }

    /// <summary>Moves the file to <c>done/yyyy-MM/</c>, its name preceded by the time of receipt.</summary>
    /// <returns>Where it is now. Repeated after it was moved: the same, and nothing happens.</returns>
    public string Archive(string file, DateTimeOffset receivedAt) => ArchivePlace.Move(file, Done, receivedAt);

    /// <summary>Moves a file that cannot be read to <c>refused/yyyy-MM/</c>, with <c>NAME.reason.txt</c> beside it.</summary>
    /// <returns>Where it is now. Repeated after it was moved: the same, and nothing happens.</returns>
    public string SetAside(string file, DateTimeOffset receivedAt, string reason)
    {
        if (File.Exists(file))
        {
            var place = ArchivePlace.Free(Refused, Path.GetFileName(file), receivedAt);
            place.RemoveLeftovers(ReasonEnding);
            using var beside = place.Begin(ReasonEnding);
            beside.Writer.WriteLine(reason);
            beside.Keep();
        }
        return ArchivePlace.Move(file, Refused, receivedAt);
    }

    private static bool IsReport(FileInfo file) =>
        file.Extension.ToUpperInvariant() is ".CSV" or ".XLSX"
        && !file.Name.StartsWith('.')
        && !file.Name.StartsWith("~$", StringComparison.Ordinal)
        && !file.Attributes.HasFlag(FileAttributes.Hidden)
        && !file.Attributes.HasFlag(FileAttributes.ReparsePoint);

    // Some programs set the time of change of what they copy back to the original's, so a changed size counts as well.
    private DateTimeOffset LastChange(FileInfo file, DateTimeOffset now)
    {
        var changed = new DateTimeOffset(file.LastWriteTimeUtc);
        var seen = _sightings.TryGetValue(file.Name, out var before);
        if (seen && before.Length == file.Length && before.WrittenAt == changed)
            return before.ChangedAt;
        var at = seen || changed > now ? now : changed;
        _sightings[file.Name] = new(file.Length, changed, at);
        return at;
    }

    private readonly record struct Sighting(long Length, DateTimeOffset WrittenAt, DateTimeOffset ChangedAt);
}
