namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>Area codes are upper-case letters and digits.</summary>
public sealed class AreaCodes : IAreaRule
{
    public IEnumerable<RuleFault> Check(IReadOnlyList<Area> areas) =>
        from area in areas
        where area.Code.Length > 0 && !CodePatterns.IsUpper(area.Code)
        select new RuleFault(area, $"code '{area.Code}' is not made of {CodePatterns.UpperExample}", "code");
}
