using System.Diagnostics;
using System.Globalization;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Running;

/// <summary>Runs children one after another through the year: kills each at a random moment, lets the next go on from the last line seen, its clock set forward or back.</summary>
internal sealed class YearRun(string folder, ulong seed, int kills, TextWriter output)
{
    /// <summary>When the engine is stopped for three days: the day before Tết.</summary>
    public static readonly DateTimeOffset Tet = LocalTime.At(2026, 2, 16, 5, 40);

    private const int MinutesOff = 10;

    private static readonly DateTimeOffset First = LocalTime.At(2026, 1, 2);

    private readonly Random random = new(unchecked((int)seed));
    private readonly List<Stop> stops = [];
    private readonly List<string> said = [];
    private long peak;

    public async Task<YearStory> RunAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var moments = new Queue<DateTimeOffset>(Moments());
        var (clock, latest) = (SimulatedWorld.Start, SimulatedWorld.Start);
        var number = 1;
        var child = ChildProcess.Start(folder, seed, number);
        while (true)
        {
            // The next one starts while this one works: else half of the time would go into starting.
            var next = moments.Count > 0 ? ChildProcess.Start(folder, seed, ++number) : null;
            await using (child)
            {
                (clock, latest) = await LiveAsync(child, clock, latest, moments, cancellationToken);
            }
            if (next is null)
                return new(stops, Stopwatch.GetElapsedTime(started), said, peak);
            child = next;
        }
    }

    private async Task<(DateTimeOffset Clock, DateTimeOffset Latest)> LiveAsync(
        ChildProcess child,
        DateTimeOffset clock,
        DateTimeOffset latest,
        Queue<DateTimeOffset> moments,
        CancellationToken cancellationToken
    )
    {
        await child.GoAsync(clock, latest);
        DateTimeOffset? killAt = moments.TryDequeue(out var moment) ? moment : null;
        Task? death = null;
        var effort = "";
        while (await child.ReadAsync(cancellationToken) is { } line)
        {
            if (line.Split(' ') is ["at", var at, var now])
                (clock, latest) = (Instant(at), Instant(now));
            else if (line.Split(' ') is ["peak", var size, _])
                peak = Math.Max(peak, long.Parse(size, CultureInfo.InvariantCulture));
            else if (line != "ready")
                effort = line;
            if (clock >= killAt && death is null)
                death = KillAsync(child);
        }
        if (death is not null)
            await death;
        said.Add(effort);
        var (exitCode, error) = await child.EndAsync(cancellationToken);
        if (exitCode != (killAt is null ? 0 : 137))
            throw new InvalidOperationException($"The engine ended with {exitCode}: {error}");
        if (killAt is null)
            return (clock, latest);
        var away = killAt == Tet ? TimeSpan.FromDays(3) : TimeSpan.FromSeconds(random.Next(-MinutesOff * 60, MinutesOff * 60));
        stops.Add(new(clock, clock + away));
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"killed {stops.Count}: at {clock:yyyy-MM-dd HH:mm}, on from {clock + away:yyyy-MM-dd HH:mm}"
            )
        );
        clock += away;
        return (clock, clock > latest ? clock : latest);
    }

    // At any moment of a step: an answer half taken, obligations half created.
    private async Task KillAsync(ChildProcess child)
    {
        await Task.Delay(random.Next(80));
        child.Kill();
    }

    private SortedSet<DateTimeOffset> Moments()
    {
        var span = SimulatedWorld.End.AddDays(-5) - First;
        var moments = new SortedSet<DateTimeOffset> { Tet };
        while (moments.Count < kills)
        {
            var moment = First + span * random.NextDouble();
            if (moment < Tet.AddHours(-2) || moment > Tet.AddDays(4))
                moments.Add(moment);
        }
        return moments;
    }

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture)).ToOffset(LocalTime.Ahead);
}
