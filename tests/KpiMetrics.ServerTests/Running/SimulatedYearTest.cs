using System.Globalization;
using KpiMetrics.ServerTests.Support;
using KpiMetrics.Simulation;

namespace KpiMetrics.ServerTests.Running;

/// <summary>A year of all four sets on 99 communes, killed 50 times: every obligation once, every figure once.</summary>
[Collection(WorkerTests.Name)]
public sealed class SimulatedYearTest
{
    private const int Kills = 50;

    // One seed, so that a failure can be looked into: the offices are the same again, only the moments of the kills are the machine's.
    private const ulong Seed = 7;

    [Fact(Explicit = true)] // ten minutes long where the machine has nothing else to do: eng/test.sh --year
    public async Task Year_KilledAndRestartedAgainAndAgain_HasEveryObligationAndFigureOnce()
    {
        var seed = Environment.GetEnvironmentVariable("KPIMETRICS_TEST_SEED") is { Length: > 0 } given
            ? ulong.Parse(given, CultureInfo.InvariantCulture)
            : Seed;
        var folder = Folder();
        using var said = new StringWriter();
        var shared = Path.Combine(Root(), "..", "shared", "data", "areas", "communes-2025.csv");

        try
        {
            var faults = await Year.RunAsync(folder.FullName, seed, Kills, shared, said, TestContext.Current.CancellationToken);

            Assert.True(faults.Length == 0, faults);
        }
        finally
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"KPIMETRICS_TEST_SEED={seed}\n{said}");
            folder.Delete(recursive: true);
        }
    }

    // In memory where there is enough: killing a process loses nothing there either, and a year's waits for the disk would be minutes.
    private static DirectoryInfo Folder()
    {
        const string Memory = "/dev/shm";
        return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > 2L << 30
            ? Directory.CreateDirectory(Path.Combine(Memory, $"kpimetrics-{Guid.NewGuid():N}"))
            : Directory.CreateTempSubdirectory("kpimetrics-");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KpiMetrics.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No KpiMetrics.sln above the tests.");
    }
}
