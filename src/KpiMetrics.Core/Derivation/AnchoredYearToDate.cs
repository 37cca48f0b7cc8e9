using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>The year so far of a flow whose running total is reported as well (DESIGN 4.6, vintages).</summary>
/// <remarks>
/// A running total reported for an earlier period is the newest that is known of the sum of all periods up to it, also of those that the office
/// has silently restated. So <c>ytd(m) = total(k) + what was restated of 1..k since + flows after k</c>; with k the month before this is how
/// official cumulative figures come about: <c>ytd(m-1) - estimate(m-1) + restated(m-1) + estimate(m)</c>. The total reported for m
/// itself is not used: it is what ours is held against.
/// </remarks>
public static class AnchoredYearToDate
{
    /// <param name="plain">The sums without running totals; taken where no earlier period of the year has one.</param>
    /// <param name="flows">The flow's figures, in order, as the columns <paramref name="series"/> have them.</param>
    /// <param name="totals">The reported running totals, in order.</param>
    public static YearToDateColumn Over(
        SeriesColumns series,
        YearToDateColumn plain,
        IReadOnlyList<Figure> flows,
        IReadOnlyList<Figure> totals
    )
    {
        var known = totals.Where(IsAnchor).ToList();
        if (known.Count == 0 || !series.Forms.IsUniform)
            return plain;
        var column = new YearToDateColumn(series);
        var (firstOfYear, anchors) = (0, 0);
        for (var i = 0; i < series.Count; i++)
        {
            var period = series.PeriodAt(i);
            while (flows[firstOfYear].Period.Year < period.Year)
                firstOfYear++;
            while (anchors < known.Count && known[anchors].Period < period)
                anchors++;
            var cumulated =
                anchors > 0 && IsEarlierInYear(known[anchors - 1].Period, period)
                    ? From(period, known[anchors - 1], flows, firstOfYear)
                    : plain[i];
            column.Set(i, cumulated.Total.Value ?? 0m, cumulated.Total.Absence, cumulated.Have, plain.IsLackingAt(i));
        }
        return column;
    }

    /// <summary>What the year so far is put together from, in order; null where no earlier period of the year has a running total.</summary>
    public static IReadOnlyList<AnchoredTerm>? TermsOf(Period period, IReadOnlyList<Figure> flows, IReadOnlyList<Figure> totals)
    {
        var anchor = totals.LastOrDefault(total => IsAnchor(total) && IsEarlierInYear(total.Period, period));
        return anchor is null ? null : [.. Terms(period, anchor, flows, 0)];
    }

    private static bool IsAnchor(Figure total) => total.Computed is null && total.Current.Value.Number is not null;

    private static bool IsEarlierInYear(Period anchor, Period period) => anchor < period && anchor.Year == period.Year;

    private static Cumulated From(Period period, Figure anchor, IReadOnlyList<Figure> flows, int firstOfYear)
    {
        var have = anchor.Period.Number;
        try
        {
            var total = 0m;
            foreach (var term in Terms(period, anchor, flows, firstOfYear))
            {
                var number = term.Statement.Value.Number.GetValueOrDefault();
                total += term.IsTakenOff ? -number : number;
                have += term.Figure.Period > anchor.Period ? 1 : 0;
            }
            return new(Derived.Of(total), have, period.Number);
        }
        catch (OverflowException)
        {
            return new(Derived.Missing(Absence.TooLarge, period), have, period.Number);
        }
    }

    private static IEnumerable<AnchoredTerm> Terms(Period period, Figure anchor, IReadOnlyList<Figure> flows, int from)
    {
        yield return new(anchor, anchor.Current, IsRunningTotal: true, IsTakenOff: false);
        for (var at = from; at < flows.Count && flows[at].Period <= period; at++)
        {
            var flow = flows[at];
            if (flow.Period.Year != period.Year || flow.Current.Value.Number is null)
                continue;
            if (flow.Period > anchor.Period)
                yield return new(flow, flow.Current, IsRunningTotal: false, IsTakenOff: false);
            else if (
                flow.KnownAt(anchor.Current.ReceivedAt) is { Value.Number: not null } then
                && !ReferenceEquals(then, flow.Current)
            )
            {
                yield return new(flow, flow.Current, IsRunningTotal: false, IsTakenOff: false);
                yield return new(flow, then, IsRunningTotal: false, IsTakenOff: true);
            }
        }
    }
}
