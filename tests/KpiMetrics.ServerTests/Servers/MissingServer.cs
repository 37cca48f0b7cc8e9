namespace KpiMetrics.ServerTests.Servers;

/// <summary>What becomes of a test whose server is not there.</summary>
internal static class MissingServer
{
    /// <summary>Skips the test at home, fails it on CI.</summary>
    public static void Require(string missing)
    {
        if (!string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Skip(missing);
        throw new InvalidOperationException($"{missing} These tests may not be skipped on CI.");
    }
}
