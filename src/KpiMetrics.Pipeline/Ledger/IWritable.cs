namespace KpiMetrics.Pipeline.Ledger;

/// <summary>Says whether a store can take anything.</summary>
public interface IWritable
{
    /// <summary>Writes a little; what stands in the way, or null. That others write just then is no fault.</summary>
    Task<string?> FindFaultAsync(CancellationToken cancellationToken);
}
