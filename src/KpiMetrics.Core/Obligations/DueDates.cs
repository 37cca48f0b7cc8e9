using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>When figures are due, under the rules in force when their period began.</summary>
/// <remarks>
/// The first that says something decides: the indicator's own regime; the office that must report it on the window's first day, as
/// the set's regime names it; the set's regime; <see cref="DueDefaults"/>. Due and grace are looked for apart: an indicator that has
/// only a due rule of its own keeps the grace of its office or set.
/// </remarks>
public static class DueDates
{
    public static DueDate Of(IndicatorSet set, Indicator indicator, Period period, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(indicator);
        var window = set.WindowOf(indicator, period);
        var (due, rule) = DueOf(set, indicator, period, window, calendar);
        var soon = due - DueDefaults.Lead(period.Frequency);
        var opens = window.End < soon ? window.End : soon;
        return new(opens, due, soon, due + GraceOf(set, indicator, period).Span, rule);
    }

    private static (DateTime Due, string Rule) DueOf(
        IndicatorSet set,
        Indicator indicator,
        Period period,
        Window window,
        WorkingCalendar calendar
    )
    {
        foreach (var (name, rules) in InLine(set, indicator, period))
        {
            if (rules.Due(period.Frequency) is { } rule)
                return (rule.Of(window, calendar), $"{name}: {rule}");
        }
        throw new InvalidOperationException($"No default says when {period} is due.");
    }

    private static Grace GraceOf(IndicatorSet set, Indicator indicator, Period period) =>
        InLine(set, indicator, period).Select(said => said.Rules.Grace(period.Frequency)).OfType<Grace>().First();

    private static IEnumerable<(string Name, DueRules Rules)> InLine(IndicatorSet set, Indicator indicator, Period period)
    {
        if (indicator.Regime.Count > 0 && set.RuleFor(indicator, period).Due is { } own)
            yield return (indicator.Code, own);
        var rule = set.RuleFor(period);
        if (rule.Offices.Count > 0 && OfficeOf(set, indicator, period, rule) is { } office)
            yield return (office.Name, office.Rules);
        if (rule.Due is { } sets)
            yield return (set.Code, sets);
        yield return ($"default {period.Frequency.Code()}", DueDefaults.Rules);
    }

    private static OfficeDue? OfficeOf(IndicatorSet set, Indicator indicator, Period period, RegimeRule rule)
    {
        var agency = indicator.On(set.FirstDayOf(indicator, period)).Agency;
        return rule.Offices.FirstOrDefault(office => PrintedText.IsSame(office.Name, agency));
    }
}
