namespace KpiMetrics.Pipeline.Collection;

/// <summary>No row of a push is its sender's to report; nothing of it is kept.</summary>
/// <param name="faults">Of the first rows.</param>
public sealed class ForeignPushException(string message, IReadOnlyList<string> faults) : Exception(message)
{
    public IReadOnlyList<string> Faults => faults;
}
