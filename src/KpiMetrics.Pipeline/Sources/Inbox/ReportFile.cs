using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>A CSV or XLSX report, read row by row with the same small memory whatever its size.</summary>
public sealed class ReportFile : IAsyncDisposable
{
    private readonly IReportRows _rows;
    private readonly Stream? _owned;

    private ReportFile(NumberLocale? locale, IReportRows rows, Stream? owned) => (Locale, _rows, _owned) = (locale, rows, owned);

    /// <summary>How texts of the value column are written: as its header says, else as the caller declared; null: undeclared.</summary>
    public NumberLocale? Locale { get; }

    /// <summary>Opens a file of figures and reads its header.</summary>
    /// <param name="declared">How values are written where the header doesn't say.</param>
    /// <exception cref="BrokenReportException">It cannot be read as a report.</exception>
    /// <exception cref="IOException">The disk, not the report, is at fault.</exception>
    public static Task<ReportFile> OpenAsync(string path, NumberLocale? declared, CancellationToken cancellationToken) =>
        OpenAsync(path, ReportKind.Figures, declared, cancellationToken);

    /// <summary>The same for a file of any kind of report.</summary>
    public static async Task<ReportFile> OpenAsync(
        string path,
        ReportKind kind,
        NumberLocale? declared,
        CancellationToken cancellationToken
    )
    {
        // Opening a pipe would wait for ever for somebody to write into it; pipes and devices have no length.
        if (new FileInfo(path) is { Exists: true, Length: 0 })
            throw new BrokenReportException($"{Path.GetFileName(path)}: empty, or no regular file");
        var stream = new FileStream(
            path,
            new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous }
        );
        try
        {
            return await OpenAsync(stream, Path.GetFileName(path), kind, declared, stream, cancellationToken);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Figures that are not in a file; the stream stays the caller's to close.</summary>
    /// <param name="stream">An XLSX can only be read from one that can seek.</param>
    /// <param name="name">Its extension says what it is; messages begin with it.</param>
    /// <exception cref="BrokenReportException">It cannot be read as a report.</exception>
    public static Task<ReportFile> OpenAsync(
        Stream stream,
        string name,
        NumberLocale? declared,
        CancellationToken cancellationToken
    ) => OpenAsync(stream, name, ReportKind.Figures, declared, null, cancellationToken);

    /// <summary>The rows, once, in the order of the file; blank ones are passed over.</summary>
    /// <remarks>The file may turn out broken after rows were given: nothing of it counts then.</remarks>
    /// <exception cref="BrokenReportException">It cannot be read any further.</exception>
    public IAsyncEnumerable<RawRow> ReadAsync(CancellationToken cancellationToken) => _rows.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _rows.Dispose();
        if (_owned is not null)
            await _owned.DisposeAsync();
    }

    private static async Task<ReportFile> OpenAsync(
        Stream stream,
        string name,
        ReportKind kind,
        NumberLocale? declared,
        Stream? owned,
        CancellationToken cancellationToken
    )
    {
        IReportRows rows = Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".CSV" => await CsvRows.OpenAsync(stream, name, kind, cancellationToken),
            ".XLSX" => XlsxRows.Open(stream, name, kind, cancellationToken),
            _ => throw new BrokenReportException($"{name}: neither .csv nor .xlsx; save it as one of the two"),
        };
        return new(rows.Locale ?? declared, rows, owned);
    }
}
