using System.Diagnostics;
using System.Globalization;

namespace KpiMetrics.Worker.Composition;

/// <summary>Names this process as no other, on any machine, is or will be named: machine, process id, and when it began.</summary>
internal static class ProcessName
{
    public static readonly string Own = $"{Environment.MachineName}/{Describe(Environment.ProcessId) ?? "?"}";

    /// <summary>True of a process of this machine that has ended, even where its id was given to another; false where nobody can know from here.</summary>
    public static bool IsGone(string name)
    {
        var parts = name.Split('/');
        return parts is [var machine, var process, _]
            && machine == Environment.MachineName
            && int.TryParse(process, CultureInfo.InvariantCulture, out var id)
            && $"{machine}/{Describe(id)}" != name;
    }

    private static string? Describe(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                // Behind the name in parentheses, which may hold anything; counted in ticks since the machine started.
                var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[0] is "Z" or "X" ? null : string.Create(CultureInfo.InvariantCulture, $"{id}/{fields[19]}");
            }
            using var process = Process.GetProcessById(id);
            return string.Create(CultureInfo.InvariantCulture, $"{id}/{process.StartTime.Ticks / TimeSpan.TicksPerMinute}");
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
