using System.Globalization;
using System.Net.Http.Headers;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>Speaks HTTP with one server: an answer is returned whatever it is, no answer in time throws.</summary>
internal sealed class InfluxHttp(HttpClient http, InfluxOptions options, AuthenticationHeaderValue? credentials)
{
    private readonly string root =
        options.Url?.TrimEnd('/') ?? throw new ArgumentException($"{InfluxOptions.Section}:Url is not set.", nameof(options));

    /// <summary>Sends one request.</summary>
    /// <param name="path">From the server's root, without a leading slash.</param>
    /// <param name="query">Names and values, escaped here.</param>
    /// <exception cref="InfluxUnavailableException">No connection, or no answer in time.</exception>
    public async Task<InfluxReply> SendAsync(
        HttpMethod method,
        string path,
        IReadOnlyDictionary<string, string> query,
        HttpContent? content,
        CancellationToken cancellationToken
    )
    {
        var where = $"{root}/{path}";
        var arguments = string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        using var request = new HttpRequestMessage(method, arguments.Length == 0 ? where : $"{where}?{arguments}");
        request.Headers.Authorization = credentials;
        request.Content = content;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            using var response = await http.SendAsync(request, patience.Token);
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            return new(response.StatusCode, body, $"{method} {where}");
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            var limit = options.TimeoutSeconds.ToString(CultureInfo.InvariantCulture);
            throw new InfluxUnavailableException($"InfluxDB at {where} did not answer within {limit} s.", late);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new InfluxUnavailableException($"InfluxDB at {where} cannot be reached: {fault.Message}", fault);
        }
    }
}
