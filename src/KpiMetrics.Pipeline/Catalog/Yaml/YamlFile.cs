using System.Text;

namespace KpiMetrics.Pipeline.Catalog.Yaml;

/// <summary>Reads a file's bytes as YAML. Whatever is wrong with it ends in the faults, never in an exception.</summary>
internal static class YamlFile
{
    /// <summary>In bytes. All 3,321 communes with their 10,602 predecessors fit in a third of it.</summary>
    public const int MaxLength = 5 * 1024 * 1024;

    public static YamlItem? Read(string path, FaultLog faults)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length <= MaxLength)
                return Decode(File.ReadAllBytes(path), faults) is { } text ? YamlTree.Parse(text, faults) : null;
            faults.Add(1, FormattableString.Invariant($"the file has {length} bytes; at most {MaxLength} are allowed"));
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
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done)
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
