using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Core.Quality.Detectors;

namespace KpiMetrics.Pipeline.Checks;

/// <summary>Gathers what checks give: findings, and how often nothing was found.</summary>
internal sealed class Outcomes
{
    private readonly List<Finding> findings = [];
    private readonly List<UntestableFigure> untestable = [];
    private readonly HashSet<Period> questions = [];

    public IReadOnlyList<Finding> Findings => findings;

    public int Agreed { get; private set; }

    /// <summary>Declared identities of a stated figure of which an input was not reported.</summary>
    public int Untested { get; private set; }

    /// <summary>Figures that were held against their own past.</summary>
    public int Tested { get; private set; }

    /// <summary>Figures that could not be, and why.</summary>
    public IReadOnlyList<UntestableFigure> Untestables => untestable;

    public int Untestable => untestable.Count;

    /// <summary>How many of these other areas may lend a past.</summary>
    public int Lendable { get; private set; }

    /// <summary>Whose figures are to be held against other areas as well: those that are suspected, and those that are short of a past of their own.</summary>
    public IReadOnlySet<Period> Questions => questions;

    public void AddUntested() => Untested++;

    public void AddTested() => Tested++;

    public void AddUntestable(CheckedFigure about, Untestable why) => untestable.Add(new(about, why));

    /// <summary>One of those that were added as untestable.</summary>
    public void AddLendable(Period period)
    {
        Lendable++;
        questions.Add(period);
    }

    public void Ask(Period period) => questions.Add(period);

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
