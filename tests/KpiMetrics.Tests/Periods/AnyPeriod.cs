using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Periods;

/// <summary>Periods of all frequencies and years, the odd ones (29 February, week 53, the ends of the range) more often than chance has it.</summary>
internal static class AnyPeriod
{
    public static readonly Gen<Period> Generator = Gen.OneOf(
        from frequency in Gen.Elements(Enum.GetValues<Frequency>())
        from year in Gen.Choose(Period.FirstYear, Period.LastYear)
        from number in Gen.Choose(1, Period.CountIn(frequency, year))
        select Period.Of(frequency, year, number),
        from year in Gen.Choose(1904 / 4, 2196 / 4)
        where DateTime.IsLeapYear(year * 4)
        from text in Gen.Elements("-02-28", "-02-29", "-03-01", "-02-29T13", "-02-28T23", "-W01")
        select Period.Parse($"{year * 4}{text}"),
        Gen.Elements("1900", "2199", "1900-01-01T00", "2199-12-31T23", "1900-W01", "2199-W52", "2020-W53", "2026-W53")
            .Select(Period.Parse)
    );

    public static readonly Arbitrary<Period> Arbitrary = Generator.ToArbitrary();
}
