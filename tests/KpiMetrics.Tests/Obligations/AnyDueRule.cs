using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Obligations;

/// <summary>Rules that may be given for a frequency, and grace.</summary>
internal static class AnyDueRule
{
    private static readonly Gen<TimeOnly> Hours =
        from minutes in Gen.Choose(0, 24 * 60 - 1)
        select TimeOnly.MinValue.AddMinutes(minutes);

    public static Gen<DueRule> For(Frequency frequency) => frequency == Frequency.Hour ? Spans : Days;

    public static Gen<Grace> Grace { get; } =
        from minutes in Gen.OneOf(Gen.Choose(0, 3000), Gen.Choose(0, 366).Select(days => days * 1440))
        select new Grace(TimeSpan.FromMinutes(minutes));

    private static Gen<DueRule> Spans { get; } =
        Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(0, 366 * 24).Select(hours => hours * 60))
            .Select(minutes => DueRule.After(TimeSpan.FromMinutes(minutes)));

    private static Gen<DueRule> Days { get; } =
        Gen.OneOf(
            Gen.Constant(DueRule.LastDayOfPeriod),
            from days in Gen.Choose(0, 366)
            from at in Hours
            from rolls in Gen.Elements(true, false)
            select DueRule.Days(days, at, rolls),
            from days in Gen.Choose(1, 366)
            from at in Hours
            select DueRule.WorkingDays(days, at)
        );
}
