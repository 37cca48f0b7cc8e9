using KpiMetrics.Core.Obligations;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Tests.Catalog;

namespace KpiMetrics.Tests.Obligations;

/// <summary>The holidays that come with the program.</summary>
internal static class VietNam
{
    public static WorkingCalendar Calendar { get; } =
        CatalogReader.Read(CatalogFolder.RepositorySeeds).Snapshot?.Calendar ?? WorkingCalendar.WeekendsOnly;

    public static DateTime At(string local) => DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
}
