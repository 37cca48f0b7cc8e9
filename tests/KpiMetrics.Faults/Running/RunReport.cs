using System.Globalization;
using System.Text.Json;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>The figures of a run, by name, in order.</summary>
internal sealed class RunReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<KeyValuePair<string, object>> figures = [];

    public RunReport(FaultOptions options)
    {
        Add("scenario", options.Scenario);
        Add("seed", options.Seed);
        Add("ledger", options.IsPostgres ? "postgres" : "sqlite");
        Add("workers", options.Workers);
        Add("rate_wanted", options.Rate);
        Add("sets", options.Sets);
        Add("communes", options.Communes);
    }

    /// <param name="loaded">How long reports were sent.</param>
    /// <param name="drained">How long it then took until all was published.</param>
    public void Fill(Site site, Office office, Watch watch, TimeSpan loaded, TimeSpan drained, int reported)
    {
        var journal = office.Journal;
        Add("minutes", Math.Round(loaded.TotalMinutes, 2));
        Add("pushes_answered", journal.Pushes);
        Add("pushes_per_second", Math.Round(journal.Pushes / loaded.TotalSeconds, 1));
        Add("tries", journal.Tries);
        Add("replayed_answers", journal.Replays);
        Add(
            "failed_tries_by_status",
            journal.Failures.ToDictionary(of => of.Key.ToString(CultureInfo.InvariantCulture), of => of.Value)
        );
        Add("rows_recorded", journal.Recorded);
        Add("rows_repeated", journal.Repeated);
        Add("rows_refused", journal.Refusals);
        Add("figures", reported);
        Add("first_try_p50_ms", journal.FirstTries.Percentile(50));
        Add("first_try_p99_ms", journal.FirstTries.Percentile(99));
        Add("with_retries_p50_ms", journal.All.Percentile(50));
        Add("with_retries_p99_ms", journal.All.Percentile(99));
        Add("longest_s", Math.Round(journal.All.Longest.TotalSeconds, 1));
        Add("most_waiting_to_be_published", watch.Samples.Max(sample => sample.Waiting ?? 0));
        Add("drained_after_s", Math.Round(drained.TotalSeconds, 1));
        Add("worker_kills", site.Workers.Sum(worker => worker.Kills));
        Add("failed_starts", site.Workers.Sum(worker => worker.FailedStarts));
        Add("logged_failures", site.LoggedFailures());
        Add("peak_memory_mib", site.Workers.Select(worker => worker.PeakMemory >> 20).ToList());
        Add("memory_mib_over_time", MemoryOverTime(watch));
    }

    public void Add(IReadOnlyDictionary<string, object> more) => figures.AddRange(more);

    public string ToJson() => JsonSerializer.Serialize(figures.ToDictionary(), Indented);

    public override string ToString() =>
        string.Join('\n', figures.Select(of => $"{of.Key, -32} {JsonSerializer.Serialize(of.Value)}"));

    // Ten looks from beginning to end.
    private static List<long> MemoryOverTime(Watch watch)
    {
        var samples = watch.Samples;
        return
        [
            .. samples
                .Chunk(Math.Max(1, samples.Count / 10))
                .Select(of => of.Max(sample => sample.Memory.DefaultIfEmpty().Max()) >> 20),
        ];
    }

    private void Add(string name, object value) => figures.Add(new(name, value));
}
