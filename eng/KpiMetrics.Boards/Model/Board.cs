namespace KpiMetrics.Boards.Model;

/// <summary>One board of Grafana: the classic dashboard model, of which the parts that ours need.</summary>
/// <param name="Folder">Below <c>dashboards/</c>; each is a folder of Grafana too.</param>
/// <param name="Uid">Names it for good, in links too.</param>
/// <param name="Title">As its readers call it.</param>
/// <param name="Question">What it answers, in one sentence.</param>
internal sealed record Board(string Folder, string Uid, string Title, string Question)
{
    /// <summary>What the reader may choose, in order.</summary>
    public IReadOnlyList<Variable> Variables { get; init; } = [];

    /// <summary>Rows with a heading, in order.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    /// <summary>From when on it shows, as Grafana writes it.</summary>
    public string From { get; init; } = "now-3y";

    /// <summary>How often it asks anew.</summary>
    public string Refresh { get; init; } = "5m";

    public IEnumerable<Panel> Panels => Sections.SelectMany(section => section.Panels);
}
