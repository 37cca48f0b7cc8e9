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

    private static readonly Gen<(SeriesKey Key, Period Period, decimal? Value)> Statement =
        from measure in Gen.Elements<Measure>([.. HourCatalog.Reported])
        from area in Gen.Elements<Area>([.. HourCatalog.Places])
        from day in Gen.Elements(Days)
        from hour in Gen.Elements(0, 1, 18, 19, 23)
        from frequency in Gen.Elements(Frequency.Hour, Frequency.Hour, Frequency.Day)
        from value in Gen.Choose(-1, 6)
        select (
            HourCatalog.Key(measure, area, frequency),
            Period.At(frequency, day.AddHours(hour)),
            value < 0 ? (decimal?)null : value
        );

    [Fact]
    public void Evaluate_OnlyWhatAChangeOfHoursAndDaysReaches_EqualsFromScratch() =>
        Prop.ForAll(
                (from before in Statement.ArrayOf(60) from after in Statement.ArrayOf(3) select (before, after)).ToArbitrary(),
                given =>
                {
                    var wrong = Recomputation.Differences(HourCatalog.Series, HourCatalog.All, given.before, given.after);
                    return wrong.Count == 0 ? true : throw new Xunit.Sdk.XunitException(string.Join('\n', wrong));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
