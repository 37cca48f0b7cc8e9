using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Derivation;

/// <summary>The vintages of a series' figures, and what earlier vintages said of the same periods.</summary>
public sealed class VintageColumns
{
    private readonly Dictionary<int, Vintage> current = [];
    private readonly Dictionary<(int Index, Vintage Vintage), decimal> said = [];

    private VintageColumns() { }

    /// <summary>Null where all that was ever said of the figures is of one vintage: there is nothing to choose.</summary>
    public static VintageColumns? From(IReadOnlyList<Figure> figures)
    {
        Vintage? only = null;
        var differ = false;
        foreach (var figure in figures)
        {
            only ??= figure.Current.Vintage;
            differ |= figure.Current.Vintage != only;
            for (var at = 0; at < figure.Earlier.Count; at++)
                differ |= figure.Earlier[at].Vintage != only;
        }
        if (!differ)
            return null;
        var columns = new VintageColumns();
        foreach (var figure in figures)
        {
            columns.current[figure.Period.Index] = figure.Current.Vintage;
            foreach (var vintage in Enum.GetValues<Vintage>())
            {
                if (figure.SaidAt(vintage)?.Value.Number is { } number)
                    columns.said[(figure.Period.Index, vintage)] = number;
            }
        }
        return columns;
    }

    /// <summary>The vintage of the figure that counts; null where the period has none.</summary>
    public Vintage? Of(int index) => current.TryGetValue(index, out var vintage) ? vintage : null;

    /// <summary>
    /// What the figure at <paramref name="index"/> is compared with: that which the other period had at the same vintage, like with like;
    /// null where it never had one, and the newest must do.
    /// </summary>
    public decimal? Like(int index, int other) => said.TryGetValue((other, current[index]), out var value) ? value : null;
}
