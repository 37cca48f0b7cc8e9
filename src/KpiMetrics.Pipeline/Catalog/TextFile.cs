using System.Buffers;
using System.Text;

namespace KpiMetrics.Pipeline.Catalog;

/// <summary>The text of a catalog's file: UTF-8, with or without a byte order mark.</summary>
internal static class TextFile
{
    /// <summary>Null where the file cannot be read, is longer than <paramref name="maxLength"/> bytes or no UTF-8; the faults say which.</summary>
    public static string? Read(string path, int maxLength, FaultLog faults)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length <= maxLength)
                return Decode(File.ReadAllBytes(path), faults);
            faults.Add(1, FormattableString.Invariant($"the file has {length} bytes; at most {maxLength} are allowed"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add(1, $"the file cannot be read: {exception.Message}");
        }
        return null;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, FaultLog faults)
    {
        var line = 1;
        for (var rest = bytes; !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != OperationStatus.Done)
            {
                faults.Add(line, FormattableString.Invariant($"byte 0x{rest[0]:X2} is not UTF-8; save the file as UTF-8"));
                return null;
            }
            if (rune.Value == '\n')
                line++;
            rest = rest[length..];
        }
        var text = Encoding.UTF8.GetString(bytes);
        return text.StartsWith('\uFEFF') ? text[1..] : text;
    }
}
