using System.Globalization;

namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>
/// An indicator's code is prefix, group and number (<c>LC-A01</c>; numbers rise within the group) or prefix and number
/// (<c>BN-01</c>; numbers rise through the whole set), in document order. Not asked where prefix or group are no codes themselves.
/// </summary>
public sealed class IndicatorCodes : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        if (!CodePatterns.IsUpper(set.Prefix))
            yield break;
        var (inSet, inSetCode) = (-1, "");
        foreach (var group in set.Groups.Where(group => CodePatterns.IsUpper(group.Code)))
        {
            var (inGroup, inGroupCode) = (-1, "");
            foreach (var indicator in group.Indicators.Where(indicator => indicator.Code.Length > 0))
            {
                if (NumberAfter($"{set.Prefix}-{group.Code}", indicator.Code) is { } ofGroup)
                {
                    if (ofGroup < inGroup)
                        yield return OutOfOrder(indicator, inGroupCode);
                    (inGroup, inGroupCode) = (ofGroup, indicator.Code);
                }
                else if (NumberAfter($"{set.Prefix}-", indicator.Code) is { } ofSet)
                {
                    if (ofSet < inSet)
                        yield return OutOfOrder(indicator, inSetCode);
                    (inSet, inSetCode) = (ofSet, indicator.Code);
                }
                else
                {
                    yield return new(
                        indicator,
                        $"code '{indicator.Code}' is neither '{set.Prefix}-{group.Code}' nor '{set.Prefix}-' with a number of 2 or 3 digits",
                        "code"
                    );
                }
            }
        }
    }

    private static RuleFault OutOfOrder(Indicator indicator, string before) =>
        new(indicator, $"code '{indicator.Code}' comes after '{before}'; codes follow the order of the document", "code");

    private static int? NumberAfter(string start, string code) =>
        code.StartsWith(start, StringComparison.Ordinal)
        && code.Length - start.Length is 2 or 3
        && int.TryParse(code.AsSpan(start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
