using System.Diagnostics;
using System.Globalization;

namespace KpiMetrics.ServerTests.Support;

/// <summary>Waits for what another process does: asks again and again until it is so, or fails at the deadline with what it saw last.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    public static async Task<T> SeesAsync<T>(
        string what,
        Func<Task<T>> look,
        Func<T, bool> isIt,
        TimeSpan patience,
        CancellationToken cancellationToken,
        Func<string>? saying = null
    )
    {
        var clock = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(Between);
        while (true)
        {
            var seen = await look();
            if (isIt(seen))
                return seen;
            if (clock.Elapsed > patience)
            {
                var seconds = patience.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                throw new TimeoutException($"Not within {seconds} s: {what}. Last seen: {seen}. {saying?.Invoke()}");
            }
            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    public static Task<bool> HappensAsync(
        string what,
        Func<bool> has,
        TimeSpan patience,
        CancellationToken cancellationToken,
        Func<string>? saying = null
    ) => SeesAsync(what, () => Task.FromResult(has()), seen => seen, patience, cancellationToken, saying);
}
