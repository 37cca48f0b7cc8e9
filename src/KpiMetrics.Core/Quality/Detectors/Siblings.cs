namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>The areas of a panel but one: the tested figure is never among those it is held against.</summary>
public sealed class Siblings
{
    /// <summary>Fewer areas say nothing.</summary>
    internal const int Least = 5;

    private readonly SiblingPanel panel;
    private readonly int own;

    internal Siblings(SiblingPanel panel, int own) => (this.panel, this.own) = (panel, own);

    internal double UsualStep => panel.UsualStep;

    /// <summary>What happened to all in this period that no season foretold.</summary>
    internal SiblingMove? Surprise => Of(panel.Surprises);

    /// <summary>How all moved from the period before.</summary>
    internal SiblingMove? Step => Of(panel.Steps);

    private SiblingMove? Of(ReadOnlySpan<double> moves)
    {
        Span<double> others = moves.Length <= 512 ? stackalloc double[moves.Length] : new double[moves.Length];
        var count = 0;
        for (var at = 0; at < moves.Length; at++)
        {
            if (at != own && !double.IsNaN(moves[at]))
                others[count++] = moves[at];
        }
        if (count < Least)
            return null;
        others = others[..count];
        var median = Medians.Of(others);
        for (var at = 0; at < count; at++)
            others[at] = Math.Abs(others[at] - median);
        return new(median, Medians.Spread(others), count);
    }
}
