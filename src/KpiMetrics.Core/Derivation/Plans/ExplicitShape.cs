using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation.Plans;

/// <summary>A year's plan as its stated parts split it.</summary>
internal static class ExplicitShape
{
    /// <summary>What falls on each period of the year, in order; null where the parts stated do not tell it.</summary>
    /// <remarks>
    /// Parts of the same frequency are taken as they are, finer ones added up; else the part of a coarser period falls evenly on those in it.
    /// Parts of one frequency count only where every one of the year is stated.
    /// </remarks>
    /// <param name="total">What the parts used add up to as stated.</param>
    public static decimal[]? Of(PlanOfYear plan, Frequency frequency, out decimal total)
    {
        var year = plan.Year.Year;
        var complete = plan
            .Parts.GroupBy(part => part.Stated.Frequency)
            .Where(group => group.Count() == Period.CountIn(group.Key, year))
            .OrderByDescending(group => group.Key == frequency)
            .ThenByDescending(group => group.Key < frequency)
            .ThenBy(group => Math.Abs(group.Key - frequency));
        foreach (var parts in complete)
        {
            if (Split(parts, Period.Of(frequency, year)) is not { } shape)
                continue;
            total = parts.Sum(part => part.Value);
            return shape;
        }
        total = 0m;
        return null;
    }

    private static decimal[]? Split(IGrouping<Frequency, PlanVersion> parts, Period first)
    {
        var shape = new decimal[Period.CountIn(first.Frequency, first.Year)];
        foreach (var part in parts)
        {
            if (part.Stated.Within(first.Frequency) is { } whole)
            {
                shape[whole.Index - first.Index] += part.Value;
                continue;
            }
            var within = part.Stated.Parts(first.Frequency).ToList();
            if (within.Count == 0)
                return null; // weeks do not fit into months
            foreach (var period in within)
                shape[period.Index - first.Index] = part.Value / within.Count;
        }
        return shape;
    }
}
