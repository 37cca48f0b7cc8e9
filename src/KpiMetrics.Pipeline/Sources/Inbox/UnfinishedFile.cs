namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>Tells a file whose sender may have stopped in the middle from one that has its end.</summary>
/// <remarks>
/// The last line of a CSV usually ends with a line break, and a number without one may be cut: 1537 of 153771. An XLSX has its table
/// of contents at the end. Either may be missing in a file that is whole, so this is only a reason to wait.
/// </remarks>
internal static class UnfinishedFile
{
    // The end record of a zip stands before a comment of at most 64 KiB.
    private const int Tail = 64 * 1024 + 22;

    private static ReadOnlySpan<byte> EndRecord => "PK\x05\x06"u8;

    /// <summary>False also where the file cannot be read: whoever reads it next will say why.</summary>
    public static bool LooksSo(FileInfo file)
    {
        if (file.Length == 0)
            return true;
        try
        {
            using var stream = new FileStream(
                file.FullName,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            var tail = new byte[Math.Min(stream.Length, Tail)];
            stream.Seek(-tail.Length, SeekOrigin.End);
            stream.ReadExactly(tail);
            return file.Extension.Equals(".xlsx", StringComparison.OrdinalIgnoreCase)
                ? tail.AsSpan().LastIndexOf(EndRecord) < 0
                : !EndsALine(tail);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // In UTF-16 one of the last two bytes is the line break.
    private static bool EndsALine(ReadOnlySpan<byte> text) =>
        text[^Math.Min(2, text.Length)..].IndexOfAny((byte)'\n', (byte)'\r') >= 0;
}
