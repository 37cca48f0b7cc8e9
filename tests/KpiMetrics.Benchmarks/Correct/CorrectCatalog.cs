using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;

namespace KpiMetrics.Benchmarks.Correct;

/// <summary>The set of Lào Cai as it is, over 99 communes that are made up.</summary>
internal static class CorrectCatalog
{
    public const int Communes = 99;

    private static readonly DateOnly Merger = new(2025, 7, 1);

    public static CatalogSnapshot Read()
    {
        // A checkout, as the program is run from its sources.
        var reading = CatalogReader.Read("seeds");
        var set =
            reading.Snapshot?.FindSet("lao-cai")
            ?? throw new InvalidOperationException("seeds/lao-cai.yaml is not here: run it from the root of the checkout.");
        var country = new Area
        {
            Code = "VN",
            Name = "Việt Nam",
            Level = AreaLevel.Country,
            From = new(1945, 9, 2),
        };
        var province = new Area
        {
            Code = "15",
            Name = "Tỉnh Lào Cai",
            Level = AreaLevel.Province,
            From = Merger,
            Parent = country.Code,
        };
        var communes = Enumerable
            .Range(0, Communes)
            .Select(number => new Area
            {
                Code = $"{10_000 + number}",
                Name = $"Xã {number}",
                Level = AreaLevel.Commune,
                From = Merger,
                Parent = province.Code,
            });
        return new([set], [country, province, .. communes]);
    }

    /// <summary>The series that offices report at a frequency, of all communes; texts are left out.</summary>
    public static List<SeriesKey> Reported(CatalogSnapshot catalog, Frequency frequency) =>
        [
            .. from set in catalog.Sets
            from indicator in set.Indicators
            where indicator.Frequencies.Contains(frequency)
            from measure in indicator.Measures
            where measure.Derived is null && measure.Kind != MeasureKind.Text
            from subject in measure.Subjects.Select(subject => subject.Code).DefaultIfEmpty("")
            from area in catalog.Areas
            where area.Level == AreaLevel.Commune
            select new SeriesKey(set.Code, indicator.Code, measure.Code, subject, area.Id, frequency),
        ];
}
