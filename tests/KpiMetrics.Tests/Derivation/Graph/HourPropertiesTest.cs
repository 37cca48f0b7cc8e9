using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Derivation.Graph;

/// <summary>Hours that fold into days, beside days that have figures of their own.</summary>
public sealed class HourPropertiesTest
{
    // Ends of years and of February, of leap years too, so that days meet their neighbours and what they are compared with.
    private static readonly DateTime[] Days =
    [
        .. from year in (int[])[2023, 2024, 2025]
        from day in (int[])[0, 1, 57, 58, 59, 60, 363, 364]
        select new DateTime(year, 1, 1).AddDays(day),
    ];

    // A case speaks of few rows and places, so that years have the same days and hours meet their days.
    private static readonly Gen<(
        (SeriesKey Key, Period Period, decimal? Value)[] Before,
        (SeriesKey Key, Period Period, decimal? Value)[] After
    )> Case =
        from measure in Gen.Elements<Measure>([.. HourCatalog.Reported])
        from areas in Gen.Elements<Area>([.. HourCatalog.Places]).ArrayOf(2)
        from hours in Gen.Elements(0, 4)
        from size in Gen.Choose(0, 90)
        from before in Statement([HourCatalog.Flow, measure], areas, hours).ArrayOf(size)
        from after in Statement([HourCatalog.Flow, measure], areas, hours).ArrayOf(3)
        select (before, after);

    private static Gen<(SeriesKey Key, Period Period, decimal? Value)> Statement(Measure[] measures, Area[] areas, int hours) =>
        from measure in Gen.Elements(measures)
        from area in Gen.Elements(areas)
        from day in Gen.Elements(Days)
        from hour in Gen.Elements(0, 1, 18, 19, 23)
        from fine in Gen.Choose(1, 6)
        from value in Gen.Choose(-1, 6)
        let frequency = fine <= hours ? Frequency.Hour : Frequency.Day
        select (
            HourCatalog.Key(measure, area, frequency),
            Period.At(frequency, day.AddHours(hour)),
            value < 0 ? (decimal?)null : value
        );

    [Fact]
    public void Evaluate_OnlyWhatAChangeOfHoursAndDaysReaches_EqualsFromScratch() =>
        Prop.ForAll(
                Case.ToArbitrary(),
                given =>
                {
                    var wrong = Recomputation.Differences(HourCatalog.Series, HourCatalog.All, given.Before, given.After);
                    return wrong.Count == 0 ? true : throw new Xunit.Sdk.XunitException(string.Join('\n', wrong));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
}
