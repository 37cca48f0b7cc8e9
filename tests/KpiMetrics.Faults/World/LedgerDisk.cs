using System.Diagnostics;

namespace KpiMetrics.Faults.World;

/// <summary>A small file system of its own for a ledger, so that it can be full: an ext4 in a file, mounted; needs root and loop devices.</summary>
internal sealed class LedgerDisk : IDisposable
{
    // Sparse: takes what is written. Leaves room for an hour of reports.
    private const string Size = "12G";

    private readonly string image;
    private bool isMounted;

    private LedgerDisk(string image, string folder) => (this.image, Folder) = (image, folder);

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>Null where the system does not allow it, with the reason.</summary>
    public static LedgerDisk? TryMake(string folder, out string why)
    {
        why = "";
        if (!Environment.IsPrivilegedProcess)
        {
            why = "mounting a disk of its own needs root";
            return null;
        }
        var disk = new LedgerDisk($"{folder}.img", folder);
        Directory.CreateDirectory(folder);
        // -m 0: root has no reserve, so full is full.
        why =
            Run("truncate", "-s", Size, disk.image)
            ?? Run("mkfs.ext4", "-q", "-F", "-m", "0", disk.image)
            ?? Run("mount", "-o", "loop", disk.image, folder)
            ?? "";
        disk.isMounted = why.Length == 0;
        if (disk.isMounted)
            return disk;
        disk.Dispose();
        return null;
    }

    /// <summary>Takes all that is free but a few pages.</summary>
    public void Fill()
    {
        const long Left = 64 * 1024;
        // Until nothing is left: what is free changes while it is taken.
        for (var part = 0; part < 20 && new DriveInfo(Folder).AvailableFreeSpace - Left is > 0 and var free; part++)
            Run("fallocate", "-l", FormattableString.Invariant($"{free}"), $"{Ballast}{part}");
    }

    public void Free()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "ballast*"))
            File.Delete(file);
    }

    public void Dispose()
    {
        if (isMounted)
            Run("umount", "-l", Folder);
        File.Delete(image);
    }

    /// <summary>Null, or what the program complained of.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program} ended with {process.ExitCode}: {said.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            return $"{program}: {fault.Message}";
        }
    }
}
