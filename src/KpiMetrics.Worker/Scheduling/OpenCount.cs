using System.Data.Common;
using System.Diagnostics.Metrics;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Worker.Api.Metrics;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>How many obligations are overdue and missing, counted now and then and not whenever somebody looks: it may take long.</summary>
internal sealed class OpenCount
{
    private readonly IObligations obligations;
    private volatile OpenCounts? last; // null: not known

    public OpenCount(IObligations obligations, KpiMeters meters)
    {
        this.obligations = obligations;
        meters.Observe("kpi_obligations_overdue", "Obligations past due and incomplete.", () => Each(counts => counts.Overdue));
        meters.Observe(
            "kpi_obligations_missing",
            "Obligations past due and grace and incomplete.",
            () => Each(counts => counts.Missing)
        );
    }

    /// <summary>As last counted; null where it is not known.</summary>
    public OpenCounts? Last => last;

    public async Task RunAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            last = await obligations.CountOpenAsync(at, cancellationToken);
        }
        catch (DbException)
        {
            last = null; // the ledger's own check says what is wrong with it
        }
    }

    private IEnumerable<Measurement<long>> Each(Func<OpenCounts, long> read) => last is { } counts ? [new(read(counts))] : [];
}
