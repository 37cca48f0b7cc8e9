using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Graph;

/// <summary>Makes the figure that a computation gives, with what its inputs allow to say of it.</summary>
public static class ComputedFigure
{
    /// <summary>The source that computed figures name; with a demo figure among their inputs they are of <see cref="DemoSource"/>.</summary>
    public const string Source = "computed";

    // From the weakest: what is estimated anywhere is estimated as a whole.
    private const string Weakest = "EPFIU";

    /// <param name="inputs">The figures that went in; none where nothing was there.</param>
    /// <param name="extent">See <see cref="Computation.Extent"/>.</param>
    public static Figure Of(
        Period period,
        FormulaKind kind,
        Derived result,
        int have,
        int need,
        IEnumerable<Figure> inputs,
        int? extent = null
    )
    {
        var receivedAt = DateTimeOffset.MinValue;
        var vintage = Vintage.Official;
        var source = Source;
        var statuses = new HashSet<char>();
        foreach (var input in inputs)
        {
            var statement = input.Current;
            if (statement.ReceivedAt > receivedAt)
                receivedAt = statement.ReceivedAt;
            if (statement.Vintage < vintage)
                vintage = statement.Vintage;
            statuses.Add(statement.Status);
            if (statement.Source == DemoSource.Name)
                source = DemoSource.Name;
        }
        var value = result.Value is { } number ? FigureValue.Of(number) : FigureValue.None;
        var said = new Statement(source, receivedAt, value, StatusOf(result, statuses, isPart: have < need), vintage, null);
        return new(period, said, 0) { Computed = new(kind, result, have, need) { Extent = extent } };
    }

    /// <summary>How a figure came about that is another one, of a former measure or an area since renamed, taken as it is.</summary>
    public static Computation Same(FormulaKind kind, Figure figure) =>
        figure.Computed is { } computed
            ? computed with
            {
                Kind = kind,
            }
            : new(
                kind,
                figure.Current.Value.Number is { } number
                    ? Derived.Of(number)
                    : Derived.Missing(Absence.NotComparable, figure.Period),
                1,
                1
            );

    // A total that lacks parts is provisional at best, whatever its parts are.
    private static char StatusOf(Derived result, HashSet<char> statuses, bool isPart)
    {
        if (result.Value is null)
            return result.IsBreak ? ObsStatus.Break : ObsStatus.Missing;
        if (isPart)
            statuses.Add(ObsStatus.Provisional);
        foreach (var weak in Weakest)
        {
            if (statuses.Contains(weak))
                return weak;
        }
        return ObsStatus.Normal;
    }
}
