using System.Diagnostics.Metrics;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Worker.Api.Metrics;

/// <summary>The engine's own figures, named in this one file. Labels are bounded: sources, outcomes, never a series or a person.</summary>
/// <remarks>One of these belongs to each host; <c>/metrics</c> shows no other host's.</remarks>
public sealed class KpiMeters : IDisposable
{
    public const string Name = "KpiMetrics";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private static readonly InstrumentAdvice<double> Lags = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400],
    };

    private readonly Meter meter;
    private readonly Counter<long> jobRuns;
    private readonly Histogram<double> jobDuration;
    private readonly Counter<long> sourceRequests;
    private readonly Histogram<double> sourceDuration;
    private readonly Counter<long> reports;
    private readonly Counter<long> rows;
    private readonly Counter<long> pushRows;
    private readonly Counter<long> points;
    private readonly Histogram<double> publishLag;

    public KpiMeters()
    {
        meter = new(new MeterOptions(Name) { Scope = this });
        jobRuns = meter.CreateCounter<long>(
            "kpi_job_runs_total",
            null,
            "Runs of duties that had something to do, by source and outcome: ok, failed, given-back."
        );
        jobDuration = meter.CreateHistogram("kpi_job_duration_seconds", "s", "How long a run of a duty took.", null, Durations);
        sourceRequests = meter.CreateCounter<long>(
            "kpi_source_requests_total",
            null,
            "Questions put to sources, by outcome: answered, unavailable, broken."
        );
        sourceDuration = meter.CreateHistogram(
            "kpi_source_duration_seconds",
            "s",
            "How long a source took to answer.",
            null,
            Durations
        );
        reports = meter.CreateCounter<long>("kpi_reports_total", null, "Reports by source and outcome: taken, broken.");
        rows = meter.CreateCounter<long>("kpi_rows_total", null, "Rows by source and outcome: recorded, repeated, refused.");
        pushRows = meter.CreateCounter<long>("kpi_push_rows_total", null, "Pushed rows by outcome.");
        points = meter.CreateCounter<long>("kpi_points_total", null, "Points by outcome: written, deleted, refused.");
        publishLag = meter.CreateHistogram(
            "kpi_publish_lag_seconds",
            "s",
            "Of each publishing run: from the oldest change it took to its end.",
            null,
            Lags
        );
    }

    /// <summary>A duty was at work in the lane of a source, and there was something to do.</summary>
    /// <param name="outcome"><c>ok</c>, <c>failed</c> (unforeseen), <c>given-back</c>.</param>
    public void JobRan(string source, string outcome, TimeSpan took)
    {
        jobRuns.Add(1, new("source", source), new("outcome", outcome));
        jobDuration.Record(took.TotalSeconds, new("source", source), new("outcome", outcome));
    }

    /// <param name="outcome"><c>answered</c>, <c>unavailable</c>, <c>broken</c>.</param>
    public void SourceAsked(string source, string outcome, TimeSpan took)
    {
        sourceRequests.Add(1, new("source", source), new("outcome", outcome));
        sourceDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("source", source));
    }

    /// <param name="outcome"><c>taken</c>, <c>broken</c>.</param>
    public void Reported(string source, string outcome, ReportReceipt? receipt = null)
    {
        reports.Add(1, new("source", source), new("outcome", outcome));
        if (receipt is null)
            return;
        rows.Add(receipt.Recorded, new("source", source), new("outcome", "recorded"));
        rows.Add(receipt.Repeated, new("source", source), new("outcome", "repeated"));
        rows.Add(receipt.Refused, new("source", source), new("outcome", "refused"));
    }

    public void Pushed(ReportReceipt receipt)
    {
        Reported(PushCollection.Source, "taken", receipt);
        pushRows.Add(receipt.Recorded, new KeyValuePair<string, object?>("outcome", "recorded"));
        pushRows.Add(receipt.Repeated, new KeyValuePair<string, object?>("outcome", "repeated"));
        pushRows.Add(receipt.Refused, new KeyValuePair<string, object?>("outcome", "refused"));
    }

    /// <summary>A publishing run ended.</summary>
    /// <param name="lag">How long ago the oldest change that it took was made; null: it took none.</param>
    public void Published(PublishResult result, TimeSpan? lag)
    {
        points.Add(result.Points, new KeyValuePair<string, object?>("outcome", "written"));
        points.Add(result.Deleted, new KeyValuePair<string, object?>("outcome", "deleted"));
        points.Add(result.Refused, new KeyValuePair<string, object?>("outcome", "refused"));
        if (lag is { } took)
            publishLag.Record(took.TotalSeconds);
    }

    /// <summary>Shows a figure that is read when <c>/metrics</c> is, such as <c>kpi_obligations_overdue</c>.</summary>
    public void Observe(string name, string description, Func<long> read) =>
        meter.CreateObservableGauge(name, read, null, description);

    /// <summary>The same with labels, few of them; or with nothing, where it is not known.</summary>
    public void Observe<T>(string name, string description, Func<IEnumerable<Measurement<T>>> read)
        where T : struct => meter.CreateObservableGauge(name, read, null, description);

    public void Dispose() => meter.Dispose();
}
