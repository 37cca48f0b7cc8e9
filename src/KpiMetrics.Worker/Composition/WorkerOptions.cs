using System.ComponentModel.DataAnnotations;

namespace KpiMetrics.Worker.Composition;

/// <summary>One of the workers on a ledger.</summary>
public sealed class WorkerOptions
{
    public const string Section = "Worker";

    /// <summary>How the worker is called in logs and metrics. Empty (default): as its machine is.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{0,63}$")]
    public string Name { get; set; } = "";

    /// <summary>
    /// After how many seconds without a sign of life the other workers go on with what one had begun; signs are given three times as often. Default 10,
    /// 1..600. On one machine a worker that ended is known at once.
    /// </summary>
    [Range(1, 600)]
    public int LeaseSeconds { get; set; } = 10;

    public string ShownName => Name.Length > 0 ? Name : Environment.MachineName;
}
