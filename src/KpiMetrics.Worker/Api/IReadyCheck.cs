namespace KpiMetrics.Worker.Api;

/// <summary>One thing that must be in order before the worker counts as ready.</summary>
public interface IReadyCheck
{
    string Name { get; }

    /// <summary>What is not in order; null where it is.</summary>
    Task<string?> FindFaultAsync(CancellationToken cancellationToken);
}
