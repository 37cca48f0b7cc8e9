using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;

namespace KpiMetrics.Tests.Demo;

public sealed class DemoFiguresTests
{
    private const string LaoCai = "02647@2025-07-01";

    private static decimal Of(string measure, string period, string subject = "", string area = LaoCai) =>
        DemoWorld.Number("lao-cai", measure, subject, area, period)
        ?? throw new InvalidOperationException($"no figure of {measure} {period}");

    [Fact]
    public void DemoFigures_EveryReportedMeasure_PassesTheDoor()
    {
        var figures = DemoWorld.Figures();
        foreach (var set in DemoWorld.Catalog.Sets.Where(set => set.Code is "bac-ninh" or "lao-cai"))
        {
            foreach (var indicator in set.Indicators)
            {
                foreach (var frequency in indicator.Frequencies)
                {
                    var last = Period.At(frequency, DemoWorld.Now.DateTime);
                    foreach (var period in Enumerable.Range(1, 40).Select(back => last.Shift(-back)))
                        Check(set, indicator, period);
                }
            }
        }

        void Check(IndicatorSet set, Indicator indicator, Period period)
        {
            foreach (var measure in indicator.Measures)
            {
                var subject = measure.Subjects.Count > 0 ? measure.Subjects[0].Code : "";
                var area = set.Code == "lao-cai" ? LaoCai : "24@2025-07-01";
                var value = figures.Of(set, indicator, measure, subject, area, period);
                if (measure.Derived is not null)
                    Assert.Null(value);
                else if (measure.Kind == MeasureKind.Text)
                    Assert.Contains("minh họa", value?.Text, StringComparison.Ordinal);
                else if (value?.Number is { } number)
                    Assert.Null(ValueDoor.Check(measure, number, value.ToString() ?? ""));
                else
                    Assert.Contains(measure.Identities, identity => identity.Rule == IdentityRule.RatioOf);
            }
        }
    }

    [Fact]
    public void DemoFigures_SameSeedAnotherObject_GivesTheSame() =>
        Assert.Equal(
            DemoWorld.Number("bac-ninh", "BN-07.01", "", "24@2025-07-01", "2026-03"),
            DemoWorld.Number("bac-ninh", "BN-07.01", "", "24@2025-07-01", "2026-03")
        );

    // Written down once: whoever changes how chance is made changes the history of every demo.
    [Theory]
    [InlineData("bac-ninh", "BN-07.01", "", "24@2025-07-01", "2026-03", "13145")]
    [InlineData("lao-cai", "LC-A01.05", "lua", LaoCai, "2026-06", "635.0")]
    [InlineData("lao-cai", "LC-A20.01", "", LaoCai, "2026-11-18", "35")]
    public void DemoFigures_KnownSeed_GivesTheFigureWrittenDown(
        string set,
        string measure,
        string subject,
        string area,
        string period,
        string expected
    ) =>
        Assert.Equal(
            expected,
            DemoWorld.Number(set, measure, subject, area, period)?.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );

    [Fact]
    public void DemoFigures_AnotherSeed_GivesOtherFigures()
    {
        var (set, indicator) = DemoWorld.Find("bac-ninh", "BN-07");
        var period = Period.Parse("2026-03");

        Assert.NotEqual(
            DemoWorld.Figures(1).Of(set, indicator, indicator.Measures[0], "", "24@2025-07-01", period),
            DemoWorld.Figures(2).Of(set, indicator, indicator.Measures[0], "", "24@2025-07-01", period)
        );
    }

    [Fact]
    public void DemoFigures_RunningTotal_RisesWithinTheYearAndBeginsAnew()
    {
        var year = DemoWorld.Periods("2026-01", "2026-12").Select(period => Of("LC-A10.03", period.ToString())).ToList();

        Assert.Equal(year.Order(), year);
        Assert.True(year[0] > 0 && year[11] > 6 * year[0]);
        Assert.True(Of("LC-A10.03", "2027-01") < year[11] / 6);
    }

    [Fact]
    public void DemoFigures_PartOfAWhole_IsNotGreater()
    {
        foreach (var period in DemoWorld.Periods("2025-07", "2027-06").Select(period => period.ToString()))
        {
            Assert.True(Of("LC-A10.04", period) <= Of("LC-A10.03", period));
            Assert.True(Of("LC-A04.01", period) <= Of("LC-A04.02", period));
            Assert.Equal(
                Of("LC-D01.01", period),
                Of("LC-D01.02", period) + Of("LC-D01.03", period) + Of("LC-D01.04", period) + Of("LC-D01.05", period)
            );
        }
    }

    [Fact]
    public void DemoFigures_MonthOfDays_IsTheirSumAndTheLastState()
    {
        var days = DemoWorld.Periods("2026-03-01", "2026-03-31").Select(period => period.ToString()).ToList();

        Assert.Equal(days.Sum(day => Of("LC-A20.01", day)), Of("LC-A20.01", "2026-03"));
        Assert.Equal(Of("LC-A20.06", "2026-03-31"), Of("LC-A20.06", "2026-03"));
        Assert.Equal(Of("LC-A23.04", "2026-03"), Of("LC-A23.07", "2026-03"));
    }

    [Fact]
    public void DemoFigures_Tet_MovesWithTheMoonAndEmptiesTheOffices()
    {
        Assert.True(Of("LC-A20.01", "2026-02-17") < Of("LC-A20.01", "2026-02-03") / 4);
        Assert.True(Of("LC-A20.01", "2027-02-08") < Of("LC-A20.01", "2027-02-23") / 4);
    }

    [Fact]
    public void DemoFigures_Rice_IsHarvestedInJuneAndOctober() =>
        Assert.True(
            Of("LC-A01.05", "2026-06", "lua") > 3 * Of("LC-A01.05", "2026-08", "lua")
                && Of("LC-A01.05", "2026-10", "lua") > 3 * Of("LC-A01.05", "2026-01", "lua")
        );

    [Fact]
    public void DemoFigures_MergedProvince_ContinuesTheSumOfItsPredecessors()
    {
        var before =
            DemoWorld.Number("bac-ninh", "BN-07.01", "", "24@1997-01-01", "2025-03")
            + DemoWorld.Number("bac-ninh", "BN-07.01", "", "27@1997-01-01", "2025-03");
        var after = DemoWorld.Number("bac-ninh", "BN-07.01", "", "24@2025-07-01", "2026-03");

        Assert.InRange((after / before)!.Value, 0.85m, 1.3m); // both are figures
    }
}
