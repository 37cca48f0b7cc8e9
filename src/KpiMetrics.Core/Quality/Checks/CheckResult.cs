namespace KpiMetrics.Core.Quality.Checks;

/// <summary>What a check found: <see cref="Agrees"/>, <see cref="Contradicts"/> or <see cref="NotComputable"/>.</summary>
public abstract record CheckResult
{
    private protected CheckResult() { }

    /// <summary>Worth telling: a contradiction, or a figure stated that nothing can be computed for.</summary>
    public bool IsFinding => this is Contradicts or NotComputable { Why: Incomputable.ZeroDenominator or Incomputable.TooLarge };
}
