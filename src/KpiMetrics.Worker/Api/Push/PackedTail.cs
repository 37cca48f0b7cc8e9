using System.Buffers.Binary;

namespace KpiMetrics.Worker.Api.Push;

/// <summary>A packed body as it is read, remembering its last four bytes: by them gzip says how much there was to unpack.</summary>
/// <remarks><see cref="System.IO.Compression.GZipStream"/> takes a body that breaks off for one that ends there.</remarks>
internal sealed class PackedTail(Stream body) : Stream
{
    private readonly byte[] last = new byte[4];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>To be asked at the end: whether the body is whole, when so much came out of it.</summary>
    public bool SaysItHad(long unpacked) => BinaryPrimitives.ReadUInt32LittleEndian(last) == (uint)(unpacked & uint.MaxValue);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await body.ReadAsync(buffer, cancellationToken);
        Note(buffer.Span[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Note(ReadOnlySpan<byte> read)
    {
        var kept = Math.Max(0, last.Length - read.Length);
        last.AsSpan(last.Length - kept).CopyTo(last);
        read[^(last.Length - kept)..].CopyTo(last.AsSpan(kept));
    }
}
