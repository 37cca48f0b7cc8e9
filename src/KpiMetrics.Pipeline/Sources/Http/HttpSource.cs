using System.Net;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Asks one office's JSON API and gives its answer, with all its pages, as rows.</summary>
/// <remarks>
/// Server errors, timeouts and lost connections are tried again with growing pauses, then <see cref="SourceUnavailableException"/>;
/// an answer that is too large or not JSON is a <see cref="BrokenReportException"/> at once. Nothing is taken from either; what the
/// server sent is kept.
/// </remarks>
public sealed class HttpSource : IPulledSource
{
    private readonly HttpSourceOptions options;
    private readonly Func<string, string?> environment;
    private readonly IFailedAnswers failedAnswers;
    private readonly TimeProvider clock;
    private readonly HttpFetch fetch;
    private readonly SourceResilience resilience;

    /// <param name="client">Made by <see cref="CreateClient"/>, so that secrets in headers go nowhere else.</param>
    /// <param name="environment">Looks up environment variables for <c>${NAME}</c> in headers.</param>
    /// <param name="clock">Times pauses and timeouts.</param>
    public HttpSource(
        HttpSourceOptions options,
        HttpClient client,
        Func<string, string?> environment,
        IFailedAnswers failedAnswers,
        TimeProvider clock
    )
    {
        this.options = options;
        this.environment = environment;
        this.failedAnswers = failedAnswers;
        this.clock = clock;
        fetch = new(options, client, clock);
        resilience = new(options, clock);
    }

    public SourceOptions Options => options;

    public SourceBreak? Break => resilience.Break;

    /// <summary>A client for all sources, to be kept for the life of the process.</summary>
    /// <remarks>
    /// It follows no redirects, which would carry an office's token to wherever the answer points, keeps no cookies, and leaves
    /// timeouts to the sources.
    /// </remarks>
    public static HttpClient CreateClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    public async Task<IReadOnlyList<SourceReport>> AskAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        var headers = HttpHeaderSecrets.Fill(options, environment);
        var place = HttpFetch.Name(HttpAddress.Of(options.Url, question, options.FirstPage));
        var evidence = new HttpEvidence();
        try
        {
            return await resilience.AskAsync(place, token => ReadAsync(question, headers, evidence, token), cancellationToken);
        }
        catch (Exception fault) when (fault is SourceUnavailableException or BrokenReportException)
        {
            cancellationToken.ThrowIfCancellationRequested(); // an answer that we broke off ourselves is no evidence
            if (!evidence.Answer.IsEmpty)
                failedAnswers.Keep(options.Name, question, fault.Message, evidence.Answer.Span);
            throw;
        }
    }

    private async ValueTask<IReadOnlyList<SourceReport>> ReadAsync(
        SourceQuestion question,
        IReadOnlyList<(string Name, string Value)> headers,
        HttpEvidence evidence,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<StatedRow>();
        var pages = new HttpPages(options, question);
        long bytes = 0;
        while (pages.Next is { } address)
        {
            var body = await resilience.TryAsync(
                HttpFetch.Name(address),
                token => fetch.GetAsync(address, headers, options.MaxBytes - bytes, evidence, token),
                cancellationToken
            );
            bytes += body.Length;
            var answer = JsonRows.Parse(body, options);
            var page = new JsonRows(options, question, pages.Number, rows.Count, clock.GetUtcNow()).Read(answer);
            rows.AddRange(page);
            pages.Turn(answer, body, page.Count);
        }
        return StatedTime.Reports(rows);
    }
}
