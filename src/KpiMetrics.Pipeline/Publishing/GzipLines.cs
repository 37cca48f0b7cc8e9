using System.Buffers;
using System.IO.Compression;
using System.Net.Http.Headers;

namespace KpiMetrics.Pipeline.Publishing;

/// <summary>The body of a write: lines, compressed.</summary>
internal static class GzipLines
{
    // About what a line takes; only saves the buffer from growing step by step.
    private const int LineLength = 200;

    public static ByteArrayContent Of(IEnumerable<Point> points, int count)
    {
        var lines = new ArrayBufferWriter<byte>(count * LineLength);
        foreach (var point in points)
            LineProtocol.Append(lines, point);
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(lines.WrittenSpan);
        var content = new ByteArrayContent(body.GetBuffer(), 0, (int)body.Length);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }
}
