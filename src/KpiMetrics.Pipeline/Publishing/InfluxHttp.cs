using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

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
        return await InTimeAsync(
            async token =>
            {
                using var response = await http.SendAsync(request, token);
                var body = await response.Content.ReadAsStringAsync(token);
                return new InfluxReply(response.StatusCode, body, $"{method} {where}");
            },
            where,
            cancellationToken
        );
    }

    /// <summary>Sends one request and gives its answer line by line; each line must come within the timeout.</summary>
    /// <exception cref="InfluxUnavailableException">No connection, an answer that is no success or breaks off, or no line in time.</exception>
    public async IAsyncEnumerable<string> LinesAsync(
        string path,
        HttpContent content,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var where = $"{root}/{path}";
        using var request = new HttpRequestMessage(HttpMethod.Post, where);
        request.Headers.Authorization = credentials;
        request.Content = content;
        using var response = await InTimeAsync(
            token => http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token),
            where,
            cancellationToken
        );
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        if (!response.IsSuccessStatusCode)
        {
            var body = await InTimeAsync(reader.ReadToEndAsync, where, cancellationToken);
            throw new InfluxReply(response.StatusCode, body, $"POST {where}").Fault();
        }
        while (await InTimeAsync(token => reader.ReadLineAsync(token).AsTask(), where, cancellationToken) is { } line)
            yield return line;
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> act, string where, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            return await act(patience.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            var limit = options.TimeoutSeconds.ToString(CultureInfo.InvariantCulture);
            throw new InfluxUnavailableException($"InfluxDB at {where} did not answer within {limit} s.", late);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException)
        {
            throw new InfluxUnavailableException($"InfluxDB at {where} cannot be reached: {fault.Message}", fault);
        }
    }
}
