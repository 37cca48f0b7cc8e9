using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Sources.Inbox;

/// <summary>A report whose header has been read and whose rows have not; they are read once, in the order of the file.</summary>
internal interface IReportRows : IDisposable
{
    /// <summary>The locale the header declares for the value column.</summary>
    NumberLocale? Locale { get; }

    IAsyncEnumerable<RawRow> ReadAsync(CancellationToken cancellationToken);
}
