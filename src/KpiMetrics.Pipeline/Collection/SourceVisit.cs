using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Asks one question and takes the answer into the ledger.</summary>
internal sealed class SourceVisit(ReportIntake intake, DistinctInstants instants)
{
    /// <summary>The outcomes, one for each report of the answer, and the failure that ended the visit; null where there was none.</summary>
    public async Task<(IReadOnlyList<CollectionOutcome> Outcomes, Exception? Fault)> AskAsync(
        IndicatorSet set,
        IPulledSource source,
        SourceQuestion question,
        Claim claim,
        DateTimeOffset at,
        Action<string, RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        var (options, report) = (source.Options, $"{question}");
        var outcomes = new List<CollectionOutcome>();
        try
        {
            foreach (var stated in await source.AskAsync(question, cancellationToken))
            {
                var now = instants.Next(at);
                DateTimeOffset? statedAt = stated.StatedAt < now ? stated.StatedAt : null; // nobody states a figure tomorrow
                var result = await intake.TakeAsync(
                    new(
                        set.Code,
                        options.Name,
                        report,
                        statedAt ?? now,
                        statedAt is not null,
                        now,
                        "worker",
                        Agency: options.Agency is { Length: > 0 } office ? office : null,
                        Claim: claim
                    ),
                    stated.Rows.Select(row => Served(row, options)).ToAsyncEnumerable(),
                    NumberLocaleName.Find(options.Locale),
                    dryRun: false,
                    refusal => onRefused(report, refusal),
                    onProgress: null,
                    cancellationToken
                );
                outcomes.Add(new(options.Name, report, result, null));
            }
            return (outcomes, null);
        }
        catch (Exception fault) when (fault is SourceUnavailableException or BrokenReportException)
        {
            var failed = new CollectionOutcome(options.Name, report, null, fault.Message)
            {
                IsBroken = fault is BrokenReportException,
            };
            return ([.. outcomes, failed], fault);
        }
    }

    // A figure that the source is not bound to might take the place of what its own source says.
    private static RawRow Served(RawRow row, SourceOptions options) =>
        row.Fault is not null || row.Indicator.IsEmpty || options.Serves(options.Set, row.Indicator.Text)
            ? row
            : row with
            {
                Fault =
                    $"indicator {Shown.Of(row.Indicator.Text)} is not served by source {options.Name}; allowed: {string.Join(", ", options.Indicators)}",
            };
}
