namespace KpiMetrics.ServerTests.Servers;

/// <summary>What becomes of a run whose server is not there: it cannot begin.</summary>
internal static class MissingServer
{
    public static void Require(string missing) => throw new InvalidOperationException(missing);
}
