using System.Net;
using System.Text;
using System.Text.Unicode;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Asks one office's JSON API and gives its answer as rows.</summary>
/// <remarks>
/// Server errors, timeouts and lost connections are tried again with growing pauses, then <see cref="SourceUnavailableException"/>;
/// an answer that is too large or not JSON is a <see cref="BrokenReportException"/> at once. Nothing is taken from either.
/// </remarks>
public sealed class HttpSource : IPulledSource
{
    private readonly HttpSourceOptions options;
    private readonly HttpClient client;
    private readonly Func<string, string?> environment;
    private readonly ResiliencePipeline<ReadOnlyMemory<byte>> pipeline;

    /// <param name="client">Made by <see cref="CreateClient"/>, so that secrets in headers go nowhere else.</param>
    /// <param name="environment">Looks up environment variables for <c>${NAME}</c> in headers.</param>
    /// <param name="clock">Times pauses and timeouts.</param>
    public HttpSource(HttpSourceOptions options, HttpClient client, Func<string, string?> environment, TimeProvider clock)
    {
        this.options = options;
        this.client = client;
        this.environment = environment;
        var builder = new ResiliencePipelineBuilder<ReadOnlyMemory<byte>> { TimeProvider = clock };
        if (options.Retries > 0)
        {
            builder.AddRetry(
                new RetryStrategyOptions<ReadOnlyMemory<byte>>
                {
                    MaxRetryAttempts = options.Retries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromSeconds(1),
                    ShouldHandle = new PredicateBuilder<ReadOnlyMemory<byte>>()
                        .Handle<HttpRequestException>()
                        .Handle<IOException>()
                        .Handle<TimeoutRejectedException>()
                        .Handle<SourceUnavailableException>(),
                }
            );
        }
        pipeline = builder.AddTimeout(TimeSpan.FromSeconds(options.TimeoutSeconds)).Build();
    }

    public SourceOptions Options => options;

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
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    public async Task<IReadOnlyList<SourceReport>> AskAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        var address = HttpAddress.Of(options.Url, question);
        var headers = HttpHeaderSecrets.Fill(options, environment);
        try
        {
            var body = await pipeline.ExecuteAsync(async token => await GetAsync(address, headers, token), cancellationToken);
            return [new(null, JsonRows.Read(body, options, question))];
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new SourceUnavailableException($"{Name(address)} cannot be reached: {fault.GetBaseException().Message}", fault);
        }
        catch (TimeoutRejectedException fault)
        {
            throw new SourceUnavailableException($"{Name(address)} did not answer within {options.TimeoutSeconds} s", fault);
        }
    }

    private async Task<ReadOnlyMemory<byte>> GetAsync(
        Uri address,
        IReadOnlyList<(string Name, string Value)> headers,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Check(response, address);
        return await ReadAsync(response, address, cancellationToken);
    }

    private void Check(HttpResponseMessage response, Uri address)
    {
        var status = (int)response.StatusCode;
        if (status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            throw new SourceUnavailableException($"{Name(address)} answered {status}");
        if (status is >= 300 and < 400 && response.Headers.Location is { } target)
        {
            throw new BrokenReportException(
                $"{Name(address)} answered {status} and points to {Name(new(address, target))}, which is not followed: set the address in {options.Name}'s settings"
            );
        }
        if (!response.IsSuccessStatusCode)
        {
            throw new BrokenReportException(
                $"{Name(address)} answered {status}: check the address and the token in {options.Name}'s settings"
            );
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpResponseMessage response,
        Uri address,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (kept.Length + read > options.MaxBytes)
                throw new BrokenReportException($"{Name(address)} sent more than {options.MaxBytes} bytes");
            kept.Write(buffer, 0, read);
        }
        ReadOnlyMemory<byte> body = kept.GetBuffer().AsMemory(0, (int)kept.Length);
        if (!Utf8.IsValid(body.Span))
            throw new BrokenReportException($"{Name(address)} sent text that is not UTF-8");
        return body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
    }

    // Without user and query, which may hold a key.
    private static string Name(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
