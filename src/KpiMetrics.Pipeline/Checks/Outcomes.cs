using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>Gathers what checks give: findings, and how often nothing was found.</summary>
internal sealed class Outcomes
{
    private readonly List<Finding> findings = [];

    public IReadOnlyList<Finding> Findings => findings;

    public int Agreed { get; private set; }

    /// <summary>Declared identities of a stated figure of which an input was not reported.</summary>
    public int Untested { get; private set; }

    public void AddUntested() => Untested++;

    /// <param name="inputs">Asked for only where there is a finding to tell.</param>
    public void Add(
        CheckedFigure about,
        CheckKind kind,
        CheckResult result,
        Func<IReadOnlyList<FindingInput>> inputs,
        string? origin = null
    )
    {
        if (result is Agrees)
            Agreed++;
        else if (result.IsFinding && Finding.Of(about, kind, result, inputs(), origin) is { } finding)
            findings.Add(finding);
    }
}
