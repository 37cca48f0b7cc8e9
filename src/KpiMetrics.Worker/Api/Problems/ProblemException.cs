namespace KpiMetrics.Worker.Api.Problems;

/// <summary>A call cannot be served; becomes problem details (RFC 9457).</summary>
/// <param name="code">Stable, in kebab case: what machines go by.</param>
/// <param name="detail">The value found and what is allowed, for people.</param>
/// <param name="errors">Where there are several.</param>
public sealed class ProblemException(int status, string code, string detail, IReadOnlyList<string>? errors = null)
    : Exception(detail)
{
    public int Status => status;

    public string Code => code;

    public IReadOnlyList<string>? Errors => errors;

    /// <summary>What the call would have done, as JSON; null where that is not said.</summary>
    public string? Preview { get; init; }
}
