using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Catalog;

/// <summary>What set files say of due dates, grace and duties.</summary>
public sealed class CatalogDueTests : IDisposable
{
    private const int RegimeLine = 9;
    private readonly CatalogFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Regime_DueGraceAndOffices_AreRead()
    {
        var set = folder.SetOf(
            CatalogFolder.With(
                RegimeLine,
                "  - {from: 2025-01-01, windows: calendar, due: {H: 15m, M: 5d 17:00 roll}, grace: {M: 3d},"
                    + " agencies: [{name: sở, due: {D: 2wd 12:00}, grace: {D: 6h}}]}\nobliged: each"
            )
        );

        var rule = Assert.Single(set.Regime);
        Assert.Equal("H 15m, M 5d 17:00 roll, grace M 3d", rule.Due?.ToString());
        var office = Assert.Single(rule.Offices);
        Assert.Equal(("sở", "D 2wd 12:00, grace D 6h"), (office.Name, office.Rules.ToString()));
        Assert.True(set.ObligesEach);
    }

    [Fact]
    public void Regime_LastDayOfPeriodWithGrace_HoldsForAllButHours()
    {
        var rule = folder
            .SetOf(
                CatalogFolder.With(
                    RegimeLine,
                    "  - {from: 2025-01-01, windows: calendar, due: last-day-of-period, grace: {A: 9d}}"
                )
            )
            .Regime[0];

        Assert.Equal("last-day-of-period, grace A 9d", rule.Due?.ToString());
        Assert.Null(rule.Due?.Due(Frequency.Hour));
    }

    [Fact]
    public void Regime_NothingSaid_HasNoDueRules()
    {
        var set = folder.SetOf(CatalogFolder.Set);

        Assert.Null(set.Regime[0].Due);
        Assert.False(set.ObligesEach);
    }

    [Fact]
    public void Regime_OfAnIndicator_HasItsOwnDue()
    {
        var set = folder.SetOf(
            CatalogFolder.Set.Replace(
                "frequencies: [M]\n",
                "frequencies: [M]\n        regime: [{from: 2025-01-01, windows: calendar, due: {M: 3d 12:00}}]\n",
                StringComparison.Ordinal
            )
        );

        var date = DueDates.Of(set, set.Indicators.First(), Period.Parse("2026-01"), WorkingCalendar.WeekendsOnly);
        Assert.Equal("DM-A01: 3d 12:00", date.Rule);
    }

    [Theory]
    [InlineData(
        "due: tomorrow",
        "9: set 'demo', regime rule: 'due' is 'tomorrow'; allowed: last-day-of-period, or a mapping of H, D,"
    )]
    [InlineData(
        "due: 5",
        "9: set 'demo', regime rule: 'due' is the number 5; allowed: last-day-of-period, or a mapping of H, D,"
    )]
    [InlineData(
        "due: {M: 15m}",
        "9: set 'demo', regime rule, due rules: 'M' is '15m'; allowed: last-day-of-period, or days after"
    )]
    [InlineData(
        "due: {H: last-day-of-period}",
        "'H' is 'last-day-of-period'; allowed: a span after the hour ends, such as 15m or 2h"
    )]
    [InlineData("due: {X: 5d 17:00}", "unknown key 'X'; allowed: H, D, W, M, Q, S, A")]
    [InlineData("grace: {M: 3}", "'M' is the number 3; allowed: minutes, hours or days such as 30m, 6h or 3d")]
    [InlineData("grace: 3d", "'grace' is '3d'; expected a mapping of H, D, W, M, Q, S, A")]
    [InlineData("agencies: [{name: Sở Y tế, due: {M: 5d 17:00}}]", "'name' 'Sở Y tế' is no office of the set; allowed: Sở")]
    [InlineData("agencies: [{name: Sở}]", "nothing is said of 'Sở'; allowed: 'due', 'grace'")]
    [InlineData(
        "agencies: [{name: Sở, due: last-day-of-period}, {name: sở, grace: {M: 1d}}]",
        "'name' 'sở' is there twice in one rule"
    )]
    [InlineData("agencies: [{due: last-day-of-period}]", "required key 'name' is missing")]
    public void Regime_WhatCannotBe_IsAFaultWithLineAndWhatIsAllowed(string said, string fault) =>
        Assert.Contains(
            fault,
            Assert.Single(
                folder.FaultsOf(CatalogFolder.With(RegimeLine, $"  - {{from: 2025-01-01, windows: calendar, {said}}}"))
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Regime_OfAnIndicatorWithOffices_IsAFault() =>
        Assert.Contains(
            "'agencies' is there; it is allowed in the set's regime only",
            Assert.Single(
                folder.FaultsOf(
                    CatalogFolder.Set.Replace(
                        "frequencies: [M]\n",
                        "frequencies: [M]\n        regime: [{from: 2025-01-01, windows: calendar, agencies: [{name: Sở, grace: {M: 1d}}]}]\n",
                        StringComparison.Ordinal
                    )
                )
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public void Obliged_AnotherWord_IsAFault() =>
        Assert.Equal(
            ["10: set 'demo': 'obliged' is 'all'; allowed: finest, each"],
            folder.FaultsOf(CatalogFolder.With(RegimeLine, "  - {from: 2025-01-01, windows: calendar}\nobliged: all"))
        );
}
