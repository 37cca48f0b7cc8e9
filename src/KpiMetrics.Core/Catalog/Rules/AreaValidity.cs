using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>An area does not end before it begins.</summary>
public sealed class AreaValidity : IAreaRule
{
    public IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas) =>
        from area in areas
        where area.To < area.From
        select new RuleFault(
            area,
            string.Create(CultureInfo.InvariantCulture, $"'to' {area.To:yyyy-MM-dd} lies before 'from' {area.From:yyyy-MM-dd}"),
            "to",
            "from"
        );
}
