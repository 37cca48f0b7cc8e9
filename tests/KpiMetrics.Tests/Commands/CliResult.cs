namespace KpiMetrics.Tests.Commands;

internal sealed record CliResult(int Exit, string Out, string Error)
{
    /// <summary>Standard output line by line.</summary>
    public string[] Lines => Out.TrimEnd('\n').Split('\n');

    public void Failed(string message) => Assert.Equal((1, "", message + "\n"), (Exit, Out, Error));

    public void FailedWith(string part)
    {
        Assert.Equal((1, ""), (Exit, Out));
        Assert.Contains(part, Error, StringComparison.Ordinal);
    }
}
