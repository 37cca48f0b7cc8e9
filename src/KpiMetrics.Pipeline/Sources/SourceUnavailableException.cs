namespace KpiMetrics.Pipeline.Sources;

/// <summary>A source did not answer, or with an error; the next tick asks again. The message is one line without secrets.</summary>
public sealed class SourceUnavailableException : Exception
{
    public SourceUnavailableException(string message)
        : base(message) { }

    public SourceUnavailableException(string message, Exception inner)
        : base(message, inner) { }

    /// <summary>How long the source asked to be left alone; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
