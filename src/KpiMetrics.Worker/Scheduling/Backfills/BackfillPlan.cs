using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Composition;

namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>Which questions a span of the past takes.</summary>
public static class BackfillPlan
{
    /// <summary>
    /// The periods of every duty of the set in force then, and served by a source, whose windows lie within the span and have begun, put into
    /// as few questions as the sources allow; oldest first.
    /// </summary>
    /// <param name="from">Of any frequency: the span begins with its window.</param>
    /// <param name="to">Of any frequency: the span ends with its window.</param>
    /// <param name="indicator">Only this one's; null for all.</param>
    /// <param name="source">Only from this one; null from all.</param>
    public static IReadOnlyList<BackfillQuestion> Questions(
        IndicatorSet set,
        ScheduleSeams seams,
        Period from,
        Period to,
        string? indicator,
        string? source,
        DateTimeOffset at
    )
    {
        var now = TimeZoneInfo.ConvertTime(at, VietnamTime.Zone).DateTime;
        return
        [
            .. set
                .Indicators.Where(one => indicator is null || one.Code == indicator)
                .SelectMany(one => one.AllFrequencies, (one, frequency) => (Indicator: one, Frequency: frequency))
                .SelectMany(pair => OfDuty(set, pair.Indicator, pair.Frequency, seams, from, to, source, now))
                .OrderBy(question => question.Window.Start)
                .ThenBy(question => question.Duty.Frequency)
                .ThenBy(question => question.Duty.Indicator, StringComparer.Ordinal)
                .ThenBy(question => question.Source, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<BackfillQuestion> OfDuty(
        IndicatorSet set,
        Indicator indicator,
        Frequency frequency,
        ScheduleSeams seams,
        Period from,
        Period to,
        string? source,
        DateTime now
    )
    {
        var duty = new Duty(set.Code, indicator.Code, frequency);
        var sources = seams.Sources.Where(known => known.Serves(duty) && (source is null || known.Name == source)).ToList();
        if (sources.Count == 0)
            return [];
        var span = new Window(set.WindowOf(indicator, from).Start, set.WindowOf(indicator, to).End);
        var periods = Within(set, indicator, frequency, span, now)
            .Where(period => IsReported(set, indicator, duty, period, seams))
            .ToList();
        return sources
            .DistinctBy(known => known.Name, StringComparer.Ordinal)
            .SelectMany(known =>
                Consecutive(periods, known.PeriodsPerQuestion)
                    .Select(part => new BackfillQuestion(
                        duty,
                        known.Name,
                        part,
                        new(set.WindowOf(indicator, part[0]).Start, set.WindowOf(indicator, part[^1]).End)
                    ))
            );
    }

    private static IEnumerable<Period> Within(
        IndicatorSet set,
        Indicator indicator,
        Frequency frequency,
        Window span,
        DateTime now
    )
    {
        // Windows begin up to a month and a half before the period they are named for.
        for (
            Period? next = Period.At(frequency, span.Start);
            next is { } period && period.Start < span.End.AddDays(46);
            next = period.Next
        )
        {
            var window = set.WindowOf(indicator, period);
            if (window.Start >= span.Start && window.End <= span.End && window.Start < now)
                yield return period;
        }
    }

    private static bool IsReported(IndicatorSet set, Indicator indicator, Duty duty, Period period, ScheduleSeams seams)
    {
        if (!Validity.IsInForce(set, indicator, null, period))
            return false;
        var then = indicator.On(set.FirstDayOf(indicator, period)).Frequencies;
        if (!then.Contains(duty.Frequency))
            return false;
        return duty.Frequency != Frequency.Hour || then.Count == 1 || set.ObligesEach || seams.WasEmergency(duty, period);
    }

    private static IEnumerable<IReadOnlyList<Period>> Consecutive(List<Period> periods, int most)
    {
        var part = new List<Period>();
        foreach (var period in periods)
        {
            if (part.Count > 0 && (part.Count == most || part[^1].Next != period))
            {
                yield return part;
                part = [];
            }
            part.Add(period);
        }
        if (part.Count > 0)
            yield return part;
    }
}
