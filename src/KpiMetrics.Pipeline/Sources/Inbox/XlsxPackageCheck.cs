using System.IO.Compression;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>Looks at a workbook as a zip before anything of it is understood: is it whole, and will it stay small when unpacked?</summary>
/// <remarks>
/// Sizes are counted, as those a zip declares may lie. Texts and attributes are bounded too, so that no reader of the
/// XML ever has to hold more than a cell's worth at once.
/// </remarks>
internal sealed class XlsxPackageCheck(string name)
{
    public const long LargestPart = 512L * 1024 * 1024;

    /// <summary>Real sheets pack 10 to 60 times smaller; a bomb a thousand times.</summary>
    public const int LargestRatio = 200;

    private const int RatioMatters = 4 * 1024 * 1024;
    private const int LargestDirectory = 4 * 1024 * 1024;
    private const int LongestToken = 512 * 1024;
    private const int MostParts = 10_000;
    private const long LargestWhole = 2 * LargestPart;
    private readonly byte[] _block = new byte[64 * 1024];
    private long _whole;

    /// <exception cref="BrokenReportException">It is no workbook, not a whole one, locked, or a bomb.</exception>
    public void Run(Stream stream, CancellationToken cancellationToken)
    {
        stream.Position = 0;
        Span<byte> start = stackalloc byte[4];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (count == 0)
            throw Broken("the file is empty");
        if (start is [0xD0, 0xCF, 0x11, 0xE0])
            throw Broken("locked with a password, or an old .xls file; save it as .xlsx without a password");
        if (start is not [(byte)'P', (byte)'K', 3, 4])
            throw Broken("not an .xlsx file; save it as Excel workbook (.xlsx)");
        stream.Position = 0;
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > MostParts)
                throw Broken(Invariant($"{zip.Entries.Count} parts; at most {MostParts} are allowed"));
            foreach (var entry in zip.Entries)
                CheckPart(entry, cancellationToken);
        }
        catch (InvalidDataException fault)
        {
            throw new BrokenReportException($"{name}: not a whole .xlsx file; was it copied to its end?", fault);
        }
        stream.Position = 0;
    }

    private void CheckPart(ZipArchiveEntry entry, CancellationToken cancellationToken)
    {
        var isDirectory =
            entry.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase) || entry.FullName == "[Content_Types].xml";
        var limit = isDirectory ? LargestDirectory : LargestPart;
        CheckSize(entry, entry.Length, limit);
        if (!isDirectory && !entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            return;
        using var part = entry.Open();
        var size = 0L;
        var sinceTag = 0;
        while (part.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false) is var read and > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckSize(entry, size += read, limit);
            if ((_whole += read) > LargestWhole)
                throw Broken(Invariant($"unpacks to more than {LargestWhole} bytes, the most allowed"));
            var block = _block.AsSpan(0, read);
            if (block.Contains((byte)0) || block.IndexOf("<![CDATA["u8) >= 0)
                throw Broken(
                    $"part {entry.FullName} is not written as spreadsheet programs do; open it in one and save it again"
                );
            var first = block.IndexOf((byte)'<');
            if (sinceTag + (first < 0 ? read : first) > LongestToken)
                throw Broken($"part {entry.FullName} has a cell of more than {LongestToken} bytes");
            sinceTag = first < 0 ? sinceTag + read : read - block.LastIndexOf((byte)'<');
        }
    }

    private void CheckSize(ZipArchiveEntry entry, long size, long limit)
    {
        if (size > limit)
            throw Broken(Invariant($"part {entry.FullName} unpacks to more than {limit} bytes, the most allowed"));
        if (size > RatioMatters && size / LargestRatio > entry.CompressedLength)
            throw Broken(
                Invariant($"part {entry.FullName} unpacks to more than {LargestRatio} times its size, the most allowed")
            );
    }

    private BrokenReportException Broken(string message) => new($"{name}: {message}");
}
