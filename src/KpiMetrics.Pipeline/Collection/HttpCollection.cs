using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Asks the HTTP sources of an indicator and takes what they answer.</summary>
/// <remarks>Running it twice records nothing twice. One source's failure is its outcome and does not keep the others from being asked.</remarks>
public sealed class HttpCollection(
    CatalogSnapshot catalog,
    IReadOnlyList<IPulledSource> sources,
    ReportIntake intake,
    TimeZoneInfo zone
)
{
    private readonly DistinctInstants instants = new();

    /// <summary>True where some source serves the indicator.</summary>
    public bool Serves(string set, string indicator) => sources.Any(source => source.Options.Serves(set, indicator));

    public async Task<IReadOnlyList<CollectionOutcome>> RunAsync(
        string setCode,
        string indicator,
        Frequency frequency,
        DateTimeOffset at,
        Action<string, RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new List<CollectionOutcome>();
        if (catalog.FindSet(setCode) is not { } set || catalog.FindIndicator(setCode, indicator) is not { } known)
            return outcomes;
        foreach (var source in sources.Where(source => source.Options.Serves(setCode, indicator)))
        {
            foreach (var period in PeriodsToAsk.At(set, known, frequency, at, source.Options.Lookback, zone))
            {
                var question = new SourceQuestion(indicator, [period], set.WindowOf(known, period));
                var (answered, isAway) = await AskAsync(set, source, question, at, onRefused, cancellationToken);
                outcomes.AddRange(answered);
                if (isAway)
                    break; // the other periods would only wait for the same silence
            }
        }
        return outcomes;
    }

    private async Task<(IReadOnlyList<CollectionOutcome> Outcomes, bool IsAway)> AskAsync(
        IndicatorSet set,
        IPulledSource source,
        SourceQuestion question,
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
                var result = await intake.TakeAsync(
                    new(
                        set.Code,
                        options.Name,
                        report,
                        stated.StatedAt ?? now,
                        stated.StatedAt is not null,
                        now,
                        "worker",
                        Agency: options.Agency is { Length: > 0 } office ? office : null
                    ),
                    stated.Rows.ToAsyncEnumerable(),
                    NumberLocaleName.Find(options.Locale),
                    dryRun: false,
                    refusal => onRefused(report, refusal),
                    onProgress: null,
                    cancellationToken
                );
                outcomes.Add(new(options.Name, report, result, null));
            }
            return (outcomes, false);
        }
        catch (Exception fault) when (fault is SourceUnavailableException or BrokenReportException)
        {
            return ([.. outcomes, new(options.Name, report, null, fault.Message)], fault is SourceUnavailableException);
        }
    }
}
