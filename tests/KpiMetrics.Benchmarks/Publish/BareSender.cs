using System.IO.Compression;
using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Benchmarks.Publish;

/// <summary>The peer: sends lines that are ready, compressed, over two connections, and does nothing else.</summary>
internal static class BareSender
{
    private const int Connections = 2;

    public static async Task SendAsync(OwnInflux influx, IReadOnlyList<byte[]> batches)
    {
        await influx.QueryAsync($"CREATE DATABASE {OwnInflux.Database} WITH DURATION INF REPLICATION 1 SHARD DURATION 520w");
        using var http = InfluxWriters.CreateClient();
        var address = new Uri($"{influx.Url}/write?db={OwnInflux.Database}&precision=s");
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(SendSomeAsync)));

        async Task SendSomeAsync()
        {
            while (Interlocked.Increment(ref next) is var at && at < batches.Count)
            {
                using var body = new MemoryStream();
                using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
                    gzip.Write(batches[at]);
                using var content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
                content.Headers.ContentEncoding.Add("gzip");
                using var response = await http.PostAsync(address, content);
                response.EnsureSuccessStatusCode();
            }
        }
    }
}
