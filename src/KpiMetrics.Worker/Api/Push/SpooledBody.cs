using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using KpiMetrics.Core.Figures;
using KpiMetrics.Worker.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace KpiMetrics.Worker.Api.Push;

/// <summary>A request's body, unpacked, with its hash: a small one in memory, others on disk, gone when they are disposed, or the process ends.</summary>
internal sealed class SpooledBody : IAsyncDisposable
{
    private const int BlockBytes = 64 * 1024;

    // Some hundred rows; all connections together hold some megabytes of these.
    private const int SmallBytes = 16 * 1024;

    private SpooledBody(Stream content, byte[] hash) => (Content, Hash) = (content, hash);

    /// <summary>From its start.</summary>
    public Stream Content { get; }

    public byte[] Hash { get; }

    /// <summary>Taking it costs about as much as asking whether it was taken before.</summary>
    public bool IsSmall => Content is MemoryStream;

    /// <param name="folder">Made where it is missing.</param>
    /// <param name="longest">In bytes, unpacked.</param>
    /// <param name="salt">Hashed before the body.</param>
    /// <exception cref="ProblemException">It is too long, packed in an unknown way, or not what it says.</exception>
    public static async Task<SpooledBody> ReadAsync(
        HttpRequest request,
        string folder,
        long longest,
        byte[] salt,
        CancellationToken cancellationToken
    )
    {
        if (request.ContentLength > longest)
            throw TooLong(longest);
        Stream? content = null;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(salt);
            var packed = new PackedTail(request.Body);
            await using var body = Unpacked(request, packed);
            var start = new byte[SmallBytes];
            var count = await body.ReadAtLeastAsync(start, SmallBytes, throwOnEndOfStream: false, cancellationToken);
            hash.AppendData(start, 0, count);
            if (count < SmallBytes)
            {
                content = new MemoryStream(start, 0, count, writable: false);
            }
            else
            {
                content = NewFile(folder);
                await content.WriteAsync(start, cancellationToken);
                await SpoolAsync(body, content, longest, hash, cancellationToken);
            }
            if (body is GZipStream && !packed.SaysItHad(content.Length))
                throw new ProblemException(
                    400,
                    "unreadable-body",
                    "The gzip body breaks off, or something follows it; nothing of it is taken. Send one gzip stream, whole."
                );
            return new(content, hash.GetHashAndReset());
        }
        catch (Exception fault)
        {
            if (content is not null)
                await content.DisposeAsync();
            if (fault is InvalidDataException)
                throw new ProblemException(400, "unreadable-body", "Content-Encoding says gzip, but the body is none.");
            throw;
        }
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();

    private static FileStream NewFile(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(
            Path.Combine(folder, Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Delete,
                Options = FileOptions.Asynchronous,
            }
        );
        File.Delete(file.Name); // open, but without a name: even kill -9 leaves nothing
        return file;
    }

    private static async Task SpoolAsync(
        Stream body,
        Stream content,
        long longest,
        IncrementalHash hash,
        CancellationToken cancellationToken
    )
    {
        var block = new byte[BlockBytes];
        while (await body.ReadAsync(block, cancellationToken) is > 0 and var count)
        {
            if (content.Length + count > longest)
                throw TooLong(longest);
            hash.AppendData(block, 0, count);
            await content.WriteAsync(block.AsMemory(0, count), cancellationToken);
        }
        await content.FlushAsync(cancellationToken);
        content.Position = 0;
    }

    private static Stream Unpacked(HttpRequest request, PackedTail packed) =>
        request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
        {
            "" or "identity" => request.Body,
            "gzip" => new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true),
            var other => throw new ProblemException(
                415,
                "unsupported-content-encoding",
                $"Content-Encoding is {Shown.Of(other)}; allowed: gzip, or none."
            ),
        };

    private static ProblemException TooLong(long longest) =>
        new(
            413,
            "body-too-large",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The body has more than {longest} bytes (Api:MaxBodyMegabytes); send it in parts."
            )
        );
}
