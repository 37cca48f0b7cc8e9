using System.Globalization;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>A folder that offices drop reports into; what is done with goes to <c>done/</c>, what cannot be read to <c>refused/</c>.</summary>
/// <remarks>
/// For one reader at a time, which several processes that share the folder agree upon by its <see cref="Number"/>. A file is claimed before it is read, so that nothing dropped under its name meanwhile can take its
/// place. Killed between any two steps it goes on rightly: what is written beside a file is there before the file is moved, the
/// move is the last step and one, and a second try clears away what the first left alone.
/// </remarks>
public sealed class InboxFolder(string path)
{
    internal const string RefusalsEnding = ".refused.csv";
    private const string ReasonEnding = ".reason.txt";

    // Claimed by this process, so that no earlier one can have left anything beside their places.
    private readonly HashSet<string> _fresh = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sighting> _sightings = new(StringComparer.Ordinal);

    /// <summary>How long a file that looks unfinished (<see cref="UnfinishedFile"/>) must have lain still at least.</summary>
    private static readonly TimeSpan UnfinishedSettle = TimeSpan.FromSeconds(30);

    public string Name => path;

    /// <summary>True where the folder has its <see cref="Number"/>: anything was ever taken from it.</summary>
    public bool IsNumbered => number is not null || File.Exists(NumberFile);

    private string? number;

    private string NumberFile => Path.Combine(Taking, ".folder", "number");

    private string Taking => Path.Combine(path, "taking");

    private string Done => Path.Combine(path, "done");

    private string Refused => Path.Combine(path, "refused");

    /// <summary>The <c>*.csv</c> and <c>*.xlsx</c> files that are wholly there; the folder is made if it isn't there.</summary>
    /// <remarks>
    /// First what was claimed before a kill, then in the order in which they were written, then by name: a correction comes after
    /// what it corrects whatever the two are called.
    /// </remarks>
    /// <param name="settle">
    /// How long size and time of change must have stayed the same; 30 s at least for a file that looks unfinished; zero takes every
    /// file at once.
    /// </param>
    public IReadOnlyList<string> FindFiles(TimeSpan settle, DateTimeOffset now)
    {
        var claimed = Directory.CreateDirectory(Taking).EnumerateFiles().OrderBy(file => file.LastWriteTimeUtc).ToList();
        var found = new DirectoryInfo(path)
            .EnumerateFiles()
            .Where(file => WhyIgnored(file) is null && !IsPassedOver(file))
            .OrderBy(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var gone in _sightings.Keys.Except(found.Select(file => file.Name), StringComparer.Ordinal).ToList())
            _sightings.Remove(gone);
        return
        [
            .. claimed.Select(file => file.FullName),
            .. found.Where(file => IsSettled(file, settle, now)).Select(file => file.FullName),
        ];
    }

    /// <summary>Tells this folder from all others, under whatever path and on whatever machine it is seen; given to it when it is first asked for.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public string Number()
    {
        if (number is not null)
            return number;
        Directory.CreateDirectory(Path.GetDirectoryName(NumberFile) ?? Taking);
        if (!File.Exists(NumberFile))
        {
            var draft = $"{NumberFile}.{Guid.NewGuid():N}";
            File.WriteAllText(draft, Guid.NewGuid().ToString("N"));
            try
            {
                File.Move(draft, NumberFile, overwrite: false);
            }
            catch (IOException) when (File.Exists(NumberFile))
            {
                File.Delete(draft); // another process was first
            }
        }
        return number = File.ReadAllText(NumberFile);
    }

    /// <summary>What lies in the folder as if it were a report but is never read, and why.</summary>
    public IReadOnlyList<(string Name, string Why)> FindIgnored() =>
        [
            .. Directory
                .CreateDirectory(path)
                .EnumerateFileSystemInfos()
                .Where(entry => !IsPassedOver(entry))
                .Select(entry => (entry.Name, Why: WhyIgnored(entry) ?? ""))
                .Where(entry => entry.Why.Length > 0),
        ];

    /// <summary>Moves the file out of the way of others of its name; done already for what <see cref="FindFiles"/> found claimed.</summary>
    /// <returns>Where it is now.</returns>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public string Claim(string file)
    {
        var claimed = Path.Combine(Directory.CreateDirectory(Taking).FullName, Path.GetFileName(file));
        if (file == claimed)
            return claimed;
        File.Move(file, claimed, overwrite: false);
        _fresh.Add(claimed);
        return claimed;
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
        if (!_fresh.Remove(file))
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

    // Hidden files, what other programs are still writing or hold locked, and our own folders.
    private bool IsPassedOver(FileSystemInfo entry) =>
        entry.Name.StartsWith('.')
        || entry.Name.StartsWith("~$", StringComparison.Ordinal)
        || entry.Attributes.HasFlag(FileAttributes.Hidden)
        || entry.Extension.ToUpperInvariant() is ".TMP" or ".PART"
        || entry.FullName == Path.GetFullPath(Taking)
        || entry.FullName == Path.GetFullPath(Done)
        || entry.FullName == Path.GetFullPath(Refused);

    private static string? WhyIgnored(FileSystemInfo entry) =>
        entry switch
        {
            { LinkTarget: not null } => "a link; put the file itself here",
            { Exists: false } => "a name that is not UTF-8; give the file another",
            DirectoryInfo => "a folder; put the files themselves here",
            _ when entry.Extension.ToUpperInvariant() is not (".CSV" or ".XLSX") =>
                "neither .csv nor .xlsx; save it as one of the two",
            _ => null,
        };

    private bool IsSettled(FileInfo file, TimeSpan settle, DateTimeOffset now)
    {
        var still = now - LastChange(file, now);
        return still >= settle && (settle == TimeSpan.Zero || still >= UnfinishedSettle || !UnfinishedFile.LooksSo(file));
    }

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
