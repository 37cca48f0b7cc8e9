using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Offices;

/// <summary>An agency of a set as a source of its indicators.</summary>
internal sealed record Office(OfficeOptions Options, string Agency)
{
    private static readonly DateTimeOffset DownFrom = LocalTime.At(2026, 7, 6, 9);
    private static readonly DateTimeOffset DownUntil = LocalTime.At(2026, 7, 9, 14);

    /// <summary>The office of Lào Cai that is down for three days in July.</summary>
    public const string Away = "Phòng Kinh tế";

    public bool IsDown(DateTimeOffset at) => Options.Set == "lao-cai" && Agency == Away && at >= DownFrom && at < DownUntil;

    /// <summary>True where something due then cannot have been had of it in time.</summary>
    public static bool IsAway(DateTimeOffset due) => due >= DownFrom && due < DownUntil.AddHours(14);

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
                    Lookback = number % 5 == 0 ? 1 : 0,
                    PeriodsPerQuestion = number % 2 == 0 ? 7 : 1,
                };
                yield return new(options, agency.Key);
            }
        }
    }
}
