using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Worker.Api.Metrics;

namespace KpiMetrics.Worker.Scheduling;

/// <summary>Counts what a source is asked, and how it answers.</summary>
internal sealed class MeteredSource(IPulledSource source, KpiMeters meters, TimeProvider clock) : IPulledSource
{
    public SourceOptions Options => source.Options;

    public SourceBreak? Break => source.Break;

    public async Task<IReadOnlyList<SourceReport>> AskAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        try
        {
            var reports = await source.AskAsync(question, cancellationToken);
            Count("answered");
            return reports;
        }
        catch (SourceUnavailableException)
        {
            Count("unavailable");
            throw;
        }
        catch (BrokenReportException)
        {
            Count("broken");
            throw;
        }

        void Count(string outcome) => meters.SourceAsked(Options.Name, outcome, clock.GetElapsedTime(began));
    }
}
