using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>Which office sends what and when. What has been sent by an instant is the same whenever it is asked.</summary>
public sealed class DemoReports(DemoScope scope, DemoFigures figures, DemoDueDates due, int seed)
{
    private const string Note = "demo: số liệu minh họa";
    private const decimal Thousand = 1000m;
    private readonly DemoDice world = DemoDice.Of(seed);
    private readonly DemoTimes times = new(DemoDice.Of(seed), due);

    /// <summary>All statements on the periods that were sent until <paramref name="now"/>, oldest first.</summary>
    public IEnumerable<DemoItem> SentBy(DateTimeOffset now, IndicatorSet set, Indicator indicator, IEnumerable<Period> periods)
    {
        var series = Series(indicator).ToList();
        return periods
            .SelectMany(period => Of(set, indicator, period, series))
            .Where(report => report.SentAt <= now)
            .OrderBy(report => report.SentAt)
            .ThenBy(report => report.Area.Code, StringComparer.Ordinal)
            .SelectMany(report => Items(set, indicator, report, series));
    }

    private IEnumerable<DemoReport> Of(
        IndicatorSet set,
        Indicator indicator,
        Period period,
        List<(Measure Measure, string Subject)> series
    )
    {
        var areas = scope.AreasOf(set, indicator, period).ToList();
        if (areas.Count == 0 || series.Count == 0)
            yield break;
        foreach (var area in areas)
        {
            var chance = Chance(indicator, area.Id, period);
            foreach (var (at, version) in Fate(set, indicator, period, chance, series))
                yield return new(area, period, at, version);
        }
    }

    // Of 1000 reports 5 never come, 30 come twice, 30 are corrected, 6 are in the wrong unit, 20 lack measures.
    private IEnumerable<(DateTimeOffset At, DemoVersion Version)> Fate(
        IndicatorSet set,
        Indicator indicator,
        Period period,
        DemoDice chance,
        List<(Measure Measure, string Subject)> series
    )
    {
        if (DemoOffices.IsLazy(indicator) && chance.And("lazy").Below(3) > 0)
            return [];
        var first = times.First(set, indicator, period, chance.And("time"));
        if (DemoOffices.Estimates(indicator) && series.Exists(one => IsNumber(one.Measure)))
            return [(first, DemoVersion.Estimate), (times.Official(set, indicator, period, first), DemoVersion.Official)];
        var corrected = times.Corrected(set, indicator, period, chance.And("corrected"), first);
        return chance.And("fate").Below(1000) switch
        {
            < 5 => [],
            < 35 => [(first, DemoVersion.Plain), (times.Again(set, indicator, period, first), DemoVersion.Again)],
            < 65 => [(first, DemoVersion.Mistaken), (corrected, DemoVersion.Correction)],
            < 71 => [(first, DemoVersion.WrongUnit), (corrected, DemoVersion.Correction)],
            < 91 when series.Count > 1 => [(first, DemoVersion.Partial)],
            _ => [(first, DemoVersion.Plain)],
        };
    }

    private IEnumerable<DemoItem> Items(
        IndicatorSet set,
        Indicator indicator,
        DemoReport report,
        List<(Measure Measure, string Subject)> series
    )
    {
        var (area, period, sentAt, version) = report;
        for (var at = 0; at < series.Count; at++)
        {
            var (measure, subject) = series[at];
            if (!Validity.IsInForce(set, indicator, measure, set.FirstDayOf(indicator, period)))
                continue;
            var chance = Chance(indicator, area.Id, period).And(measure.Code).And(subject);
            // A partial report lacks its last measure, and others by chance.
            if (version == DemoVersion.Partial && (at == series.Count - 1 || at > 0 && chance.Below(4) == 0))
                continue;
            if (figures.Of(set, indicator, measure, subject, area.Id, period) is not { } truth)
                continue;
            var value = truth.Number is { } number ? FigureValue.Of(Stated(measure, subject, number, version, chance)) : truth;
            var (status, vintage) =
                version == DemoVersion.Estimate ? ('E', Vintage.Estimate) : (ObsStatus.Normal, Vintage.Official);
            var note = version == DemoVersion.Correction ? $"{Note}, đính chính" : Note;
            yield return new(measure, subject, area.Code, period, value, status, vintage, note, sentAt);
        }
    }

    private decimal Stated(Measure measure, string subject, decimal truth, DemoVersion version, DemoDice chance)
    {
        if (version == DemoVersion.WrongUnit)
            return CanSlip(measure) ? truth * Thousand : truth;
        if (version is not (DemoVersion.Mistaken or DemoVersion.Estimate))
            return truth;
        var most = version == DemoVersion.Estimate ? 0.015 : 0.1;
        var wrong =
            truth * (1 + (decimal)(most * (0.2 + 0.8 * chance.And("by").Unit) * (chance.And("sign").Unit < 0.5 ? -1 : 1)));
        return DemoFigures.Bounded(measure, decimal.Round(wrong, figures.DecimalsOf(measure, subject)));
    }

    // Amounts of money and goods without a bound; who counts people or answers yes does not slip by thousands.
    private static bool CanSlip(Measure measure) =>
        measure is { Kind: MeasureKind.Flow or MeasureKind.Stock, Max: null } && !Units.IsCounted(measure.Unit);

    private DemoDice Chance(Indicator indicator, string area, Period period) =>
        world.And("report").And(indicator.Code).And(area).And((int)period.Frequency).And(period.Index);

    private static bool IsNumber(Measure measure) => measure.Kind != MeasureKind.Text;

    private static IEnumerable<(Measure Measure, string Subject)> Series(Indicator indicator) =>
        from measure in indicator.Measures
        where measure.Derived is null
        from subject in measure.Subjects.Count == 0 ? [""] : measure.Subjects.Select(one => one.Code)
        select (measure, subject);
}
