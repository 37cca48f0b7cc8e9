namespace KpiMetrics.ServerTests.Support;

/// <summary>Tests that run the worker run one after another: each needs the machine for itself to keep its deadlines.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerTests
{
    public const string Name = "worker";
}
