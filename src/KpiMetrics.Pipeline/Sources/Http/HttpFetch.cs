using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Unicode;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>One request and its answer, read no further than is allowed.</summary>
internal sealed class HttpFetch(HttpSourceOptions options, HttpClient client, TimeProvider clock)
{
    // What an error says is worth keeping; its length is not.
    private const int MostOfAnError = 64 * 1024;

    /// <summary>The body without a byte order mark.</summary>
    /// <param name="most">In bytes, after unpacking.</param>
    /// <exception cref="SourceUnavailableException">The API cannot be reached or answers with an error that may pass.</exception>
    /// <exception cref="BrokenReportException">It answers something that will not become better by asking again.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(
        Uri address,
        IReadOnlyList<(string Name, string Value)> headers,
        long most,
        HttpEvidence evidence,
        CancellationToken cancellationToken
    )
    {
        evidence.Answer = default;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Accept.ParseAdd("application/json");
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                evidence.Answer = await ErrorAsync(response, cancellationToken);
                throw Fault(response, address);
            }
            var (body, isWhole) = await ReadAsync(response, most, cancellationToken);
            evidence.Answer = body;
            if (!isWhole)
                throw new BrokenReportException($"{Name(address)} sent more than {options.MaxBytes} bytes");
            if (!Utf8.IsValid(body.Span))
                throw new BrokenReportException($"{Name(address)} sent text that is not UTF-8");
            return body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException)
        {
            throw new SourceUnavailableException($"{Name(address)} cannot be reached: {fault.GetBaseException().Message}", fault);
        }
        catch (InvalidDataException fault)
        {
            throw new BrokenReportException($"{Name(address)} sent packed data that cannot be unpacked: {fault.Message}", fault);
        }
    }

    /// <summary>The address for messages: without user and query, which may hold a key.</summary>
    public static string Name(Uri address) =>
        address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private Exception Fault(HttpResponseMessage response, Uri address)
    {
        var status = (int)response.StatusCode;
        if (status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            return Unavailable(status, address, RetryAfter(response));
        if (status is >= 300 and < 400 && response.Headers.Location is { } target)
        {
            return new BrokenReportException(
                $"{Name(address)} answered {status} and points to {Name(new(address, target))}, which is not followed: set the address in {options.Name}'s settings"
            );
        }
        return new BrokenReportException(
            $"{Name(address)} answered {status}: check the address and the token in {options.Name}'s settings"
        );
    }

    private static SourceUnavailableException Unavailable(int status, Uri address, TimeSpan? after) =>
        new(
            after > SourceResilience.LongestWait
                ? FormattableString.Invariant(
                    $"{Name(address)} answered {status} and wants {after.Value.TotalSeconds:0} s of rest"
                )
                : $"{Name(address)} answered {status}"
        )
        {
            RetryAfter = after,
        };

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } after)
            return null;
        var wait = after.Delta ?? after.Date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }

    // The status counts more than that its body broke off or never came.
    private static async Task<ReadOnlyMemory<byte>> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(response, MostOfAnError, cancellationToken)).Body;
        }
        catch (Exception fault)
            when (fault is IOException or InvalidDataException or HttpRequestException or OperationCanceledException)
        {
            return default;
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadAsync(
        HttpResponseMessage response,
        long most,
        CancellationToken cancellationToken
    )
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var room = (int)Math.Min(most - kept.Length, read);
            kept.Write(buffer, 0, room);
            if (room < read)
                return (Content(kept), false);
        }
        return (Content(kept), true);
    }

    private static ReadOnlyMemory<byte> Content(MemoryStream kept) => kept.GetBuffer().AsMemory(0, (int)kept.Length);
}
