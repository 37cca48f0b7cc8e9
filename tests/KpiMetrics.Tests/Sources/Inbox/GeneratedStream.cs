using System.Text;

namespace KpiMetrics.Tests.Sources.Inbox;

/// <summary>A file that is nowhere: a start, then one piece as often as wanted. Counts what was read of it.</summary>
internal sealed class GeneratedStream(string start, string piece, long times) : Stream
{
    private readonly byte[] _start = Encoding.UTF8.GetBytes(start);
    private readonly byte[] _piece = Encoding.UTF8.GetBytes(piece);

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => _start.Length + times * _piece.Length;
    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Length - Position);
        for (var at = 0; at < count; at++, Position++)
            buffer[at] = Position < _start.Length ? _start[Position] : _piece[(Position - _start.Length) % _piece.Length];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
