using System.Globalization;
using System.Text;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>Where a file of the inbox goes: a month's folder, the time of receipt before the name.</summary>
internal sealed class ArchivePlace
{
    private const string TimeFormat = "yyyyMMddTHHmmssfff";

    // File systems allow 255 bytes; the time, endings and a temporary name need the rest.
    private const int LongestName = 190;

    private readonly string _root;
    private readonly string _name;
    private readonly string _path;

    private ArchivePlace(string root, string name, DateTimeOffset receivedAt, int attempt)
    {
        (_root, _name) = (root, Shortened(Apart(name)));
        var time = receivedAt.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var again = attempt == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{attempt}");
        var month = receivedAt.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        _path = Path.Combine(root, month, $"{time}{again}-{_name}");
    }

    /// <summary>The first place that no file has taken yet; the same for the same arguments until one does.</summary>
    public static ArchivePlace Free(string root, string name, DateTimeOffset receivedAt)
    {
        for (var attempt = 1; ; attempt++)
        {
            var place = new ArchivePlace(root, name, receivedAt, attempt);
            if (!File.Exists(place._path))
                return place;
        }
    }

    /// <summary>Moves the file to its place, never over another; repeated after it was moved, says where it is.</summary>
    /// <exception cref="FileNotFoundException">The file is neither here nor there.</exception>
    public static string Move(string file, string root, DateTimeOffset receivedAt)
    {
        var name = Path.GetFileName(file);
        if (!File.Exists(file))
            return Last(file, root, name, receivedAt);
        var place = Free(root, name, receivedAt);
        Directory.CreateDirectory(Path.GetDirectoryName(place._path) ?? root);
        File.Move(file, place._path, overwrite: false);
        return place._path;
    }

    /// <summary>Begins a text beside the place, there whole or not at all.</summary>
    public BesideFile Begin(string ending)
    {
        var target = _path + ending;
        var folder = Path.GetDirectoryName(target) ?? _root;
        Directory.CreateDirectory(folder);
        // A name of its own kind: one left by a kill is written over by the next try.
        return new(Path.Combine(folder, $".{_name}{ending}.tmp"), target);
    }

    /// <summary>Removes what was written beside places that this file then never reached, as it is still in the inbox.</summary>
    public void RemoveLeftovers(string ending)
    {
        if (!Directory.Exists(_root))
            return;
        foreach (var written in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
        {
            if (IsOfThisFile(Path.GetFileName(written), ending) && !File.Exists(written[..^ending.Length]))
                File.Delete(written);
        }
    }

    // A list of refused rows that an office corrected and sent back must not be taken for one that we wrote.
    private static string Apart(string name) =>
        name.EndsWith(InboxFolder.RefusalsEnding, StringComparison.OrdinalIgnoreCase)
            ? name[..^InboxFolder.RefusalsEnding.Length] + ".sent-back.csv"
            : name;

    private static string Shortened(string name)
    {
        var extension = Path.GetExtension(name);
        var stem = Path.GetFileNameWithoutExtension(name);
        while (Encoding.UTF8.GetByteCount(stem + extension) > LongestName)
            stem = stem[..^(char.IsLowSurrogate(stem[^1]) ? 2 : 1)];
        return stem + extension;
    }

    private static string Last(string file, string root, string name, DateTimeOffset receivedAt)
    {
        string? last = null;
        for (var attempt = 1; ; attempt++)
        {
            var place = new ArchivePlace(root, name, receivedAt, attempt);
            if (!File.Exists(place._path))
                return last ?? throw new FileNotFoundException($"{file} is neither in the inbox nor at {place._path}.", file);
            last = place._path;
        }
    }

    /// <summary>TIME-NAME or TIME-ATTEMPT-NAME, and not TIME-OTHER-NAME.</summary>
    private bool IsOfThisFile(string written, string ending)
    {
        if (!written.EndsWith("-" + _name + ending, StringComparison.Ordinal))
            return false;
        var before = written[..^(_name.Length + ending.Length + 1)].Split('-');
        return before.Length is 1 or 2
            && DateTime.TryParseExact(before[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && (before.Length == 1 || before[1].All(char.IsAsciiDigit));
    }
}
