using System.Diagnostics;
using System.Globalization;

namespace KpiMetrics.Benchmarks;

/// <summary>Runs ours and its peer by turns, and prints the best of each with the ratio.</summary>
internal static class ComparedRates
{
    private const int Turns = 5;

    public static async Task PrintAsync(string what, int items, string peer, Func<Task> runPeer, Func<Task> runOurs)
    {
        var (bestPeer, bestOurs) = (double.MaxValue, double.MaxValue);
        for (var turn = 0; turn < Turns; turn++)
        {
            bestPeer = Math.Min(bestPeer, await SecondsAsync(runPeer));
            bestOurs = Math.Min(bestOurs, await SecondsAsync(runOurs));
        }
        var (peerRate, ourRate) = (items / bestPeer, items / bestOurs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, {items:N0} items, best of {Turns} turns"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {peer, -40} {peerRate, 14:N0} /s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"KpiMetrics", -40} {ourRate, 14:N0} /s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ratio {ourRate / peerRate:0.00}"));
    }

    private static async Task<double> SecondsAsync(Func<Task> run)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
