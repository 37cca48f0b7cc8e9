namespace KpiMetrics.Pipeline.Sources;

/// <summary>The report as a whole cannot be read: wrong encoding, half a file, no header. Nothing of it is taken; the message is one line for its sender.</summary>
public sealed class BrokenReportException : Exception
{
    public BrokenReportException(string message)
        : base(message) { }

    public BrokenReportException(string message, Exception inner)
        : base(message, inner) { }
}
