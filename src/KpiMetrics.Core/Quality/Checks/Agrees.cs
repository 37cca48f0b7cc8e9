namespace KpiMetrics.Core.Quality.Checks;

/// <summary>The figures agree, or may: the difference can come from rounding or cutting off.</summary>
public sealed record Agrees : CheckResult
{
    internal static readonly Agrees Yes = new();

    private Agrees() { }
}
