namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>What was read of the answer that came last, to be kept where it cannot be understood.</summary>
internal sealed class HttpEvidence
{
    public ReadOnlyMemory<byte> Answer { get; set; }
}
