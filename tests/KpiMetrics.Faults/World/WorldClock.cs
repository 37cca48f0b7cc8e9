using System.Globalization;

namespace KpiMetrics.Faults.World;

/// <summary>The clocks of the workers, each of which can be put wrong while it runs, where Debian's libfaketime is there.</summary>
internal sealed class WorldClock
{
    /// <summary>Names the library.</summary>
    public const string Variable = "FAKETIME_LIB";

    private readonly string? library;
    private readonly string folder;

    public WorldClock(string folder)
    {
        this.folder = folder;
        library = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named && File.Exists(named) ? named : null;
    }

    public bool CanStep => library is not null;

    /// <summary>What a worker's environment must have.</summary>
    public Dictionary<string, string> EnvironmentOf(int worker)
    {
        if (library is null)
            return [];
        if (!File.Exists(FileOf(worker)))
            Set(worker, TimeSpan.Zero);
        return new()
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = FileOf(worker),
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0", // else waits of .NET last too long
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["NO_FAKE_STAT"] = "1",
        };
    }

    /// <summary>From within a second on it is so much ahead of the true time, or behind.</summary>
    public void Set(int worker, TimeSpan ahead)
    {
        var next = $"{FileOf(worker)}.next";
        File.WriteAllText(next, ahead.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture));
        File.Move(next, FileOf(worker), overwrite: true);
    }

    private string FileOf(int worker) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"clock-{worker}"));
}
