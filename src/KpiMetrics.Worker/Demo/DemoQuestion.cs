using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>What the agency was asked: <c>/lao-cai/LC-A01?frequency=M&amp;from_period=2025-01&amp;to_period=2025-03</c>.</summary>
internal sealed record DemoQuestion(string Set, string Indicator, IReadOnlyList<Period> Periods)
{
    private const int MostPeriods = 20_000;

    /// <summary>Null where it is none; then <paramref name="why"/> says what was found and what is allowed.</summary>
    public static DemoQuestion? Read(string path, Func<string, string?> query, out string why)
    {
        why = "";
        if (path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [var set, var indicator])
            return No("the path must be /{set}/{indicator}", out why);
        if (!FrequencyCode.TryParse(query("frequency"), out var frequency))
            return No($"frequency is '{query("frequency")}'; allowed: {FrequencyCode.Allowed}", out why);
        if (!Period.TryParse(query("from_period"), out var first, out var fault))
            return No($"from_period {fault}", out why);
        if (!Period.TryParse(query("to_period"), out var last, out fault))
            return No($"to_period {fault}", out why);
        if (first.Frequency != frequency || last.Frequency != frequency || first > last)
            return No($"from_period '{first}' and to_period '{last}' must be of frequency {frequency.Code()}, in order", out why);
        if (last.Index - first.Index >= MostPeriods)
            return No($"from_period '{first}' to to_period '{last}' are more than {MostPeriods} periods", out why);
        return new(set, indicator, [.. Enumerable.Range(0, last.Index - first.Index + 1).Select(first.Shift)]);
    }

    private static DemoQuestion? No(string fault, out string why)
    {
        why = fault;
        return null;
    }
}
