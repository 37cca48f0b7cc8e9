using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Http;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Asks the HTTP sources of an indicator and takes what they answer.</summary>
/// <remarks>Running it twice records nothing twice. One source's failure is its outcome and does not keep the others from being asked.</remarks>
public sealed class HttpCollection(
    CatalogSnapshot catalog,
    IReadOnlyList<HttpSource> sources,
    ReportIntake intake,
    TimeZoneInfo zone
)
{
    private readonly DistinctInstants instants = new();

    /// <summary>True where some source serves the indicator.</summary>
    public bool Serves(string set, string indicator) => sources.Any(source => Serves(source.Options, set, indicator));

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
        foreach (var source in sources.Where(source => Serves(source.Options, setCode, indicator)))
        {
            foreach (var period in PeriodsToAsk.At(set, known, frequency, at, source.Options.Lookback, zone))
            {
                var question = new HttpQuestion(indicator, period, set.WindowOf(known, period));
                var (outcome, isAway) = await AskAsync(set, source, question, instants.Next(at), onRefused, cancellationToken);
                outcomes.Add(outcome);
                if (isAway)
                    break; // the other periods would only wait for the same silence
            }
        }
        return outcomes;
    }

    private async Task<(CollectionOutcome Outcome, bool IsAway)> AskAsync(
        IndicatorSet set,
        HttpSource source,
        HttpQuestion question,
        DateTimeOffset at,
        Action<string, RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        var name = source.Options.Name;
        var report = $"{question.Indicator} {question.Period}";
        try
        {
            var rows = await source.AskAsync(question, cancellationToken);
            var agency = source.Options.Agency is { Length: > 0 } office ? office : null;
            var header = new ReportHeader(set.Code, name, report, at, ReceivedAtStated: false, at, "worker", Agency: agency);
            var result = await intake.TakeAsync(
                header,
                rows.ToAsyncEnumerable(),
                NumberLocaleName.Find(source.Options.Locale),
                dryRun: false,
                refusal => onRefused(report, refusal),
                onProgress: null,
                cancellationToken
            );
            return (new(name, report, result, null), false);
        }
        catch (Exception fault) when (fault is SourceUnavailableException or BrokenReportException)
        {
            return (new(name, report, null, fault.Message), fault is SourceUnavailableException);
        }
    }

    private static bool Serves(HttpSourceOptions options, string set, string indicator) =>
        options.Set == set && (options.Indicators.Count == 0 || options.Indicators.Contains(indicator));
}
