using System.Text;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>The characters of a CSV file, block by block: strictly decoded, and no record longer than may be.</summary>
/// <remarks>The parser that reads it asks for more only within a record, so what it is given since the last one ended is bounded.</remarks>
internal sealed class CsvText(Stream stream, string name, CancellationToken cancellationToken) : TextReader
{
    private const string Advice = "save it as CSV UTF-8";
    private const int BlockBytes = 16 * 1024;

    // No text contains these two: a decoder that puts the first where bytes are invalid keeps their place, and the second
    // is a mark read backwards, which cannot be normalised.
    private const char Invalid = '\uFFFF';
    private const char Backwards = '\uFFFE';

    private readonly byte[] _bytes = new byte[BlockBytes];
    private char[] _chars = new char[BlockBytes + 16];
    private int _start;
    private int _end;
    private Decoder? _decoder;
    private int _lineBreaks;
    private bool _endsInReturn;
    private bool _isOver;
    private long _given;
    private long _recordStart;
    private int _recordLine = 1;

    /// <summary>True once every character has been given away.</summary>
    public bool IsOver => _isOver && _start == _end;

    /// <summary>To be told after every record: where the next one starts.</summary>
    /// <param name="start">In characters from the start of the text.</param>
    /// <exception cref="BrokenReportException">The record just ended was too long.</exception>
    public void NextRecord(long start, int line)
    {
        if (start - _recordStart > CellText.Longest)
            throw TooLong(_recordLine);
        (_recordStart, _recordLine) = (start, line);
    }

    /// <summary>The first line that is not blank, which stays to be read; empty where there is none.</summary>
    public async Task<string> PeekLineAsync()
    {
        while (true)
        {
            var held = _chars.AsMemory(_start, _end - _start);
            var text = held.TrimStart("\r\n \t");
            var end = text.Span.IndexOfAny('\r', '\n');
            if (end >= 0 || _isOver)
                return (end < 0 ? text : text[..end]).ToString();
            if (held.Length > CellText.Longest)
                throw TooLong(1);
            await AppendBlockAsync();
        }
    }

    public override Task<int> ReadAsync(char[] buffer, int index, int count) =>
        ReadAsync(buffer.AsMemory(index, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
    {
        if (_given - _recordStart > CellText.Longest)
            throw TooLong(_recordLine);
        while (_start == _end && !_isOver)
            await AppendBlockAsync();
        var count = Math.Min(buffer.Length, _end - _start);
        _chars.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        _given += count;
        return count;
    }

    private async Task AppendBlockAsync()
    {
        if (_start == _end)
            (_start, _end) = (0, 0);
        var count = await stream.ReadAtLeastAsync(_bytes, 4, throwOnEndOfStream: false, cancellationToken);
        var skip = 0;
        if (_decoder is null)
            (_decoder, skip) = Detect(_bytes.AsSpan(0, count));
        if (_chars.Length < _end + BlockBytes + 16)
            Array.Resize(ref _chars, 2 * _chars.Length);
        _isOver = count == 0;
        var added = _decoder.GetChars(_bytes, skip, count - skip, _chars, _end, flush: _isOver);
        Check(_chars.AsSpan(_end, added));
        _end += added;
    }

    private void Check(ReadOnlySpan<char> block)
    {
        var bad = block.IndexOfAny('\0', Invalid, Backwards);
        CountLineBreaks(bad < 0 ? block : block[..bad]);
        if (bad < 0)
            return;
        var what = block[bad] == '\0' ? "a NUL byte, which no text has" : "bytes that are not UTF-8 text";
        throw new BrokenReportException(Invariant($"{name}:{_lineBreaks + 1}: {what}; {Advice}"));
    }

    private void CountLineBreaks(ReadOnlySpan<char> block)
    {
        if (block.IsEmpty)
            return;
        _lineBreaks += block.Count('\n') + block.Count('\r') - block.Count("\r\n");
        if (_endsInReturn && block[0] == '\n')
            _lineBreaks--;
        _endsInReturn = block[^1] == '\r';
    }

    private BrokenReportException TooLong(int line) =>
        new(
            Invariant(
                $"{name}:{line}: a line or quoted record of more than {CellText.Longest} characters; is a quote not closed?"
            )
        );

    private static (Decoder Decoder, int Skip) Detect(ReadOnlySpan<byte> start)
    {
        var (encoding, skip) = start switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ("utf-8", 3),
            [0xFF, 0xFE, ..] => ("utf-16", 2),
            [0xFE, 0xFF, ..] => ("utf-16BE", 2),
            _ => ("utf-8", 0),
        };
        var fallback = new DecoderReplacementFallback(Invalid.ToString());
        return (Encoding.GetEncoding(encoding, EncoderFallback.ExceptionFallback, fallback).GetDecoder(), skip);
    }
}
