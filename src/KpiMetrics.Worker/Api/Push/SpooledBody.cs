using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using KpiMetrics.Core.Figures;
using KpiMetrics.Worker.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace KpiMetrics.Worker.Api.Push;

/// <summary>A request's body on disk, unpacked, with its hash; gone when it is disposed, or the process ends.</summary>
internal sealed class SpooledBody : IAsyncDisposable
{
    private const int BlockBytes = 64 * 1024;

    private SpooledBody(FileStream content, byte[] hash) => (Content, Hash) = (content, hash);

    /// <summary>From its start.</summary>
    public Stream Content { get; }

    public byte[] Hash { get; }

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
        try
        {
            File.Delete(file.Name); // open, but without a name: even kill -9 leaves nothing
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(salt);
            var packed = new PackedTail(request.Body);
            await using var body = Unpacked(request, packed);
            var block = new byte[BlockBytes];
            while (await body.ReadAsync(block, cancellationToken) is > 0 and var count)
            {
                if (file.Length + count > longest)
                    throw TooLong(longest);
                hash.AppendData(block, 0, count);
                await file.WriteAsync(block.AsMemory(0, count), cancellationToken);
            }
            if (body is GZipStream && !packed.SaysItHad(file.Length))
                throw new ProblemException(
                    400,
                    "unreadable-body",
                    "The gzip body breaks off, or something follows it; nothing of it is taken. Send one gzip stream, whole."
                );
            await file.FlushAsync(cancellationToken);
            file.Position = 0;
            return new(file, hash.GetHashAndReset());
        }
        catch (InvalidDataException)
        {
            await file.DisposeAsync();
            throw new ProblemException(400, "unreadable-body", "Content-Encoding says gzip, but the body is none.");
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();

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
