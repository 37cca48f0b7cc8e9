using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Periods;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Obligations;

public sealed class DueDatesProperties
{
    [Fact]
    public void Of_AnyPeriodUnderAnyRule_ComesInOrder() =>
        Prop.ForAll(
                (
                    from period in AnyPeriod.Generator
                    from rule in AnyDueRule.For(period.Frequency)
                    from grace in AnyDueRule.Grace
                    from windows in Gen.Elements(Enum.GetValues<WindowRule>())
                    from hour in Gen.Choose(0, 23)
                    from isSaid in Gen.Elements(true, false)
                    let due = new DueRules(
                        new Dictionary<Frequency, DueRule> { [period.Frequency] = rule },
                        new Dictionary<Frequency, Grace> { [period.Frequency] = grace }
                    )
                    select (
                        period,
                        regime: new RegimeRule(new(2020, 1, 1), windows, isSaid ? due : null, null, new TimeOnly(hour, 0))
                    )
                ).ToArbitrary(),
                any =>
                {
                    var set = TestCatalog.Set with { Regime = [any.regime] };
                    var date = DueDates.Of(set, set.Indicators.First(), any.period, VietNam.Calendar);
                    return date.Opens <= date.Soon
                        && date.Soon <= date.Due
                        && date.Due <= date.Missing
                        && date.Opens <= set.WindowOf(any.period).End;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Next_AnyDay_IsAWorkingDayWithNoneBetween() =>
        Prop.ForAll(
                Gen.Choose(0, 365 * 3).Select(days => new DateOnly(2025, 1, 1).AddDays(days)).ToArbitrary(),
                day =>
                {
                    var next = VietNam.Calendar.Next(day);
                    return VietNam.Calendar.IsWorkingDay(next)
                        && next >= day
                        && (next == day) == VietNam.Calendar.IsWorkingDay(day)
                        && VietNam.Calendar.AddWorkingDays(day.AddDays(-1), 1) == next;
                }
            )
            .QuickCheckThrowOnFailure();
}
