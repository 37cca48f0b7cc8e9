using KpiMetrics.Pipeline.Sources.Http;
using KpiMetrics.Pipeline.Sources.Sql;

namespace KpiMetrics.Pipeline.Sources.Sites;

/// <summary>Makes the sources of a site, to be kept for the life of the process: each remembers how it fared.</summary>
public static class PulledSources
{
    /// <param name="client">Made by <see cref="HttpSource.CreateClient"/>.</param>
    /// <param name="environment">Looks up environment variables for <c>${NAME}</c>.</param>
    public static IReadOnlyList<IPulledSource> Of(
        IEnumerable<SourceOptions> sources,
        HttpClient client,
        Func<string, string?> environment,
        IFailedAnswers failedAnswers,
        TimeProvider clock
    ) =>
        [
            .. sources.Select<SourceOptions, IPulledSource>(source =>
                source switch
                {
                    HttpSourceOptions http => new HttpSource(http, client, environment, failedAnswers, clock),
                    SqlSourceOptions sql => new SqlSource(sql, environment, clock),
                    _ => throw new ArgumentException($"{source.GetType().Name} is no source that is asked.", nameof(sources)),
                }
            ),
        ];
}
