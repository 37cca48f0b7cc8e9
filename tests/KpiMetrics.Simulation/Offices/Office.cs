using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Offices;

/// <summary>An agency of a set as a source of its indicators.</summary>
internal sealed record Office(OfficeOptions Options, string Agency)
{
    private static readonly DateTimeOffset DownFrom = LocalTime.At(2026, 7, 6, 9);
    private static readonly DateTimeOffset DownUntil = LocalTime.At(2026, 7, 9, 14);

    /// <summary>The first office of Lào Cai is down for three days in July.</summary>
    public bool IsDown(DateTimeOffset at) => Options.Name == "lao-cai-1" && at >= DownFrom && at < DownUntil;

    /// <summary>Every office, with what it is asked for, differing in how far back it is asked and for how much at once.</summary>
    public static IEnumerable<Office> All(CatalogSnapshot catalog)
    {
        foreach (var set in catalog.Sets)
        {
            var number = 0;
            foreach (var agency in set.Indicators.GroupBy(indicator => indicator.Agency, StringComparer.Ordinal))
            {
                number++;
                var options = new OfficeOptions
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"{set.Code}-{number}"),
                    Set = set.Code,
                    Indicators = [.. agency.Select(indicator => indicator.Code)],
                    Lookback = number % 3 == 0 ? 1 : 0,
                    PeriodsPerQuestion = number % 2 == 0 ? 7 : 1,
                };
                yield return new(options, agency.Key);
            }
        }
    }
}
