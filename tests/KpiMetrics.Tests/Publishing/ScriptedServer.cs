using System.IO.Compression;
using System.Net;

namespace KpiMetrics.Tests.Publishing;

/// <summary>Stands in for a server: hands each request to a script and keeps it.</summary>
internal sealed class ScriptedServer(Func<ScriptedServer.Request, (int Status, string Body)> script) : HttpMessageHandler
{
    public sealed record Request(string Method, string Path, string Query, string Body, string? Authorization);

    public List<Request> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri ?? throw new InvalidOperationException("A request needs an address.");
        var body = request.Content is null ? "" : await BodyAsync(request.Content, cancellationToken);
        var authorization = request.Headers.Authorization?.ToString();
        Requests.Add(new(request.Method.Method, url.AbsolutePath, url.Query, body, authorization));
        var (status, answer) = script(Requests[^1]);
        return new((HttpStatusCode)status) { Content = new StringContent(answer) };
    }

    private static async Task<string> BodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (!content.Headers.ContentEncoding.Contains("gzip"))
            return await content.ReadAsStringAsync(cancellationToken);
        await using var gzip = new GZipStream(await content.ReadAsStreamAsync(cancellationToken), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
