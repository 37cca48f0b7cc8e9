using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Asks one office's JSON API and gives its answer as rows.</summary>
/// <remarks>
/// Server errors, timeouts and lost connections are tried again with growing pauses, then <see cref="SourceUnavailableException"/>;
/// an answer that is too large or not JSON is a <see cref="BrokenReportException"/> at once. Nothing is taken from either.
/// </remarks>
public sealed partial class HttpSource
{
    private readonly HttpSourceOptions options;
    private readonly HttpClient client;
    private readonly Func<string, string?> environment;
    private readonly ResiliencePipeline<string> pipeline;

    /// <param name="client">Its own timeout must not be shorter than the source's.</param>
    /// <param name="environment">Looks up environment variables for <c>${NAME}</c> in headers.</param>
    /// <param name="clock">Times pauses and timeouts.</param>
    public HttpSource(HttpSourceOptions options, HttpClient client, Func<string, string?> environment, TimeProvider clock)
    {
        this.options = options;
        this.client = client;
        this.environment = environment;
        var builder = new ResiliencePipelineBuilder<string> { TimeProvider = clock };
        if (options.Retries > 0)
        {
            builder.AddRetry(
                new RetryStrategyOptions<string>
                {
                    MaxRetryAttempts = options.Retries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = TimeSpan.FromSeconds(1),
                    ShouldHandle = new PredicateBuilder<string>()
                        .Handle<HttpRequestException>()
                        .Handle<TimeoutRejectedException>()
                        .Handle<SourceUnavailableException>(),
                }
            );
        }
        pipeline = builder.AddTimeout(TimeSpan.FromSeconds(options.TimeoutSeconds)).Build();
    }

    public HttpSourceOptions Options => options;

    /// <summary>The rows of the answer; all of it was read and understood as JSON before this returns.</summary>
    /// <exception cref="SourceUnavailableException">The API cannot be reached or answers with an error.</exception>
    /// <exception cref="BrokenReportException">The answer is not what the configuration says.</exception>
    public async Task<IReadOnlyList<RawRow>> AskAsync(HttpQuestion question, CancellationToken cancellationToken)
    {
        var address = question.Address(options.Url);
        try
        {
            var body = await pipeline.ExecuteAsync(async token => await GetAsync(address, token), cancellationToken);
            return JsonRows.Read(body, options, question);
        }
        catch (HttpRequestException fault)
        {
            throw new SourceUnavailableException($"{Name(address)} cannot be reached: {fault.Message}", fault);
        }
        catch (TimeoutRejectedException fault)
        {
            throw new SourceUnavailableException($"{Name(address)} did not answer within {options.TimeoutSeconds} s", fault);
        }
    }

    private async Task<string> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (header, value) in options.Headers)
            request.Headers.TryAddWithoutValidation(header, Filled(header, value));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var status = (int)response.StatusCode;
        if (status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            throw new SourceUnavailableException($"{Name(address)} answered {status}");
        if (!response.IsSuccessStatusCode)
            throw new BrokenReportException(
                $"{Name(address)} answered {status}: check the address and the token in {options.Name}'s settings"
            );
        return await ReadAsync(response, address, cancellationToken);
    }

    private async Task<string> ReadAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
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
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(kept.GetBuffer(), 0, (int)kept.Length);
        }
        catch (DecoderFallbackException fault)
        {
            throw new BrokenReportException($"{Name(address)} sent text that is not UTF-8", fault);
        }
    }

    private string Filled(string header, string value) =>
        Variable()
            .Replace(
                value,
                match =>
                    environment(match.Groups["name"].Value)
                    ?? throw new SourceUnavailableException(
                        $"source {options.Name}: header {header} needs the environment variable {match.Groups["name"].Value}, which is not set"
                    )
            );

    // Without the query, which may hold a key.
    private static string Name(Uri address) => address.GetLeftPart(UriPartial.Path);

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
