using System.Globalization;
using System.Net;
using System.Text.Json;

namespace KpiMetrics.Faults.Load;

/// <summary>What every push was answered, in memory and in a file, and what was answered wrongly.</summary>
internal sealed class Journal(string file) : IDisposable
{
    private readonly Lock gate = new();
    private readonly StreamWriter lines = new(file);
    private readonly Dictionary<int, long> failures = [];
    private readonly List<string> faults = [];
    private readonly Latencies all = new();
    private readonly Latencies firstTries = new();
    private Latencies window = new();

    /// <summary>Pushes that were answered.</summary>
    public long Pushes { get; private set; }

    /// <summary>Of them, those answered once more after a try whose answer was lost.</summary>
    public long Replays { get; private set; }

    public long Tries { get; private set; }

    public long Recorded { get; private set; }

    public long Repeated { get; private set; }

    public long Refusals { get; private set; }

    /// <summary>From the first try to the answer.</summary>
    public Latencies All => all;

    /// <summary>What was answered since the last time this was called.</summary>
    public Latencies NewWindow()
    {
        lock (gate)
        {
            var before = window;
            window = new();
            return before;
        }
    }

    /// <summary>Of pushes that the first try brought home.</summary>
    public Latencies FirstTries => firstTries;

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (gate)
                return [.. faults];
        }
    }

    /// <summary>How many tries failed, by the status of the answer; 0: none came.</summary>
    public IReadOnlyDictionary<int, long> Failures
    {
        get
        {
            lock (gate)
                return new SortedDictionary<int, long>(failures);
        }
    }

    /// <returns>Whether each row was answered as it had to be.</returns>
    public bool Answered(Push push, string said, TimeSpan took, int tries, bool isReplay)
    {
        var wrong = FindWrong(push, said);
        lock (gate)
        {
            Pushes++;
            Tries += tries;
            Replays += isReplay ? 1 : 0;
            all.Add(took);
            window.Add(took);
            if (tries == 1)
                firstTries.Add(took);
            foreach (var row in push.Rows)
            {
                Recorded += row.Outcome == "recorded" ? 1 : 0;
                Repeated += row.Outcome == "repeated" ? 1 : 0;
                Refusals += row.IsRefused ? 1 : 0;
            }
            var seconds = took.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);
            lines.Write(
                $$"""{"key":"{{push.Key}}","set":"{{push.Set.Code}}","seconds":{{seconds}},"tries":{{tries}},"replay":{{(isReplay ? "true" : "false")}},"rows":{{push.Body}},"answer":"""
            );
            lines.WriteLine($"{said}}}");
            if (wrong is not null)
                faults.Add($"{push.Key}, try {tries}: {wrong}");
        }
        return wrong is null;
    }

    public bool Refused(Push push, HttpStatusCode status, string said)
    {
        lock (gate)
            faults.Add($"{push.Key} was turned away with {(int)status}: {said}");
        return false;
    }

    public void GaveUp(Push push, int tries)
    {
        lock (gate)
            faults.Add($"{push.Key} had no answer after {tries} tries");
    }

    public void Failed(HttpStatusCode status)
    {
        lock (gate)
            failures[(int)status] = failures.GetValueOrDefault((int)status) + 1;
    }

    public void Dispose() => lines.Dispose();

    private static string? FindWrong(Push push, string said)
    {
        try
        {
            var results = JsonElement.Parse(said).GetProperty("results").EnumerateArray().ToList();
            if (results.Count != push.Rows.Count)
                return $"{results.Count} rows of {push.Rows.Count} were answered: {said}";
            foreach (var (row, result) in push.Rows.Zip(results))
            {
                var outcome = result.GetProperty("outcome").GetString();
                var found = outcome == "refused" ? result.GetProperty("code").GetString() : outcome;
                if (found != row.Outcome)
                    return $"{row.Json} was answered {found}, not {row.Outcome}";
            }
            return null;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException)
        {
            return $"the answer is no answer ({fault.Message}): {said}";
        }
    }
}
