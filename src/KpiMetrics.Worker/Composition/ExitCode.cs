namespace KpiMetrics.Worker.Composition;

/// <summary>What the process ends with (DESIGN 9).</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>Anything else went wrong; one line on standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>Done, but some rows were refused; each is a line on standard error.</summary>
    public const int SomeRefused = 2;
}
