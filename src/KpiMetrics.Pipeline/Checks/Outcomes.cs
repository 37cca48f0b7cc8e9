using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>Gathers what checks give: findings, and how often nothing was found.</summary>
internal sealed class Outcomes
{
    private readonly List<Finding> findings = [];
    private readonly List<UntestableFigure> untestable = [];

    public IReadOnlyList<Finding> Findings => findings;

    public int Agreed { get; private set; }

    /// <summary>Declared identities of a stated figure of which an input was not reported.</summary>
    public int Untested { get; private set; }

    /// <summary>Figures that were held against their own past.</summary>
    public int Tested { get; private set; }

    /// <summary>Figures that could not be, and why.</summary>
    public IReadOnlyList<UntestableFigure> Untestables => untestable;

    public int Untestable => untestable.Count;

    public void AddUntested() => Untested++;

    public void AddTested() => Tested++;

    public void AddUntestable(CheckedFigure about, Untestable why) => untestable.Add(new(about, why));

    public void Suspect(CheckedFigure about, Detection detection, IReadOnlyList<FindingInput> inputs)
    {
        if (Finding.Of(about, detection, inputs) is { } finding)
            findings.Add(finding);
    }

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
