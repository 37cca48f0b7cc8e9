namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>January and February together, which have the whole of Tết between them whatever the year.</summary>
internal static class TetPair
{
    private const int Pairs = 6;

    /// <summary>True for a February whose sum with its January is further from last year's than the series strays.</summary>
    public static bool IsOff(Evidence evidence)
    {
        var raw = evidence.Axis.Raw;
        var place = raw.Length;
        if (evidence.Figure.Period.Number != 2 || place < 14)
            return false;
        var offset = evidence.Baseline.Offset;
        var scale = evidence.Baseline.Scale;
        var values = evidence.Values;
        var now = evidence.Value - offset + scale.Back(values[place - 1]);
        var then = scale.Back(values[place - 12]) + scale.Back(values[place - 13]);
        Span<double> changes = stackalloc double[Pairs];
        var count = 0;
        for (var at = place - 2; at >= 12 && count < Pairs; at--)
        {
            var change = values[at] - values[at - 12];
            if (!double.IsNaN(change) && !evidence.Axis.IsTetMonth(at))
                changes[count++] = change;
        }
        if (count == 0)
            return false;
        var off = scale.Of(now) - scale.Of(then) - Medians.Of(changes[..count]);
        return Math.Abs(off) > evidence.Baseline.Limit * evidence.Baseline.Spread;
    }
}
