using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality.Checks;
using static KpiMetrics.Tests.Quality.Checks.Rows;

namespace KpiMetrics.Tests.Quality.Checks;

public sealed class ReconcileCheckTests
{
    private static readonly Measure Growth = Of("T.09", "%");

    // 110.0 against 104.5 is 5.26 percent; with the rounding of both 5.1 to 5.5.
    [Theory]
    [InlineData("5.3", true)]
    [InlineData("5.1", true)]
    [InlineData("5.6", false)]
    [InlineData("105.3", false)]
    public void Derived_AChangeOfAmounts_IsInPercentOfTheBase(string stated, bool agrees) =>
        Assert.Equal(agrees, Derived(DerivedRule.Yoy, Tonnes, stated, ["110.0"], ["104.5"]) is Agrees);

    [Theory]
    [InlineData("300", true)]
    [InlineData("-300", false)]
    public void Derived_AChangeFromANegativeBase_IsOverItsMagnitude(string stated, bool agrees) =>
        Assert.Equal(agrees, Derived(DerivedRule.Pop, Dossiers, stated, ["20"], ["-10"]) is Agrees);

    [Theory]
    [InlineData("1.5", true)]
    [InlineData("3.1", false)]
    public void Derived_AChangeOfRates_IsInPoints(string stated, bool agrees) =>
        Assert.Equal(agrees, Derived(DerivedRule.Pop, Rate, stated, ["50.0"], ["48.5"]) is Agrees);

    [Fact]
    public void Derived_ABaseOfZero_IsNotComputable() =>
        Assert.Equal(
            Incomputable.ZeroDenominator,
            Assert.IsType<NotComputable>(Derived(DerivedRule.Yoy, Dossiers, "100", ["7"], ["0"])).Why
        );

    [Fact]
    public void Derived_RunningTotals_AreSummedFirst()
    {
        Assert.IsType<Agrees>(Derived(DerivedRule.YtdYoy, Dossiers, "50", ["1", "2"], ["1", "1"]));
        Assert.IsType<Agrees>(Derived(DerivedRule.Plan, Dossiers, "75", ["1", "2"], ["4"]));
        Assert.IsType<Agrees>(Derived(DerivedRule.Ytd, Dossiers, "6", ["1", "2", "3"]));
        Assert.IsType<Agrees>(Derived(DerivedRule.Difference, Dossiers, "1", ["6"], ["2", "3"]));
        Assert.IsType<Agrees>(Derived(DerivedRule.Share, Dossiers, "60", ["3"], ["2", "3"]));
    }

    [Fact]
    public void Derived_AMonthOfTheTotalIsMissing_SaysWhich() =>
        Assert.Equal(
            [1],
            Assert.IsType<NotComputable>(Derived(DerivedRule.YtdYoy, Dossiers, "50", ["1", null], ["1", "1"])).Missing
        );

    [Fact]
    public void Derived_AnInputWithoutTerms_IsMissingAndNotZero() =>
        Assert.Equal(
            Incomputable.InputMissing,
            Assert.IsType<NotComputable>(Derived(DerivedRule.Plan, Dossiers, "75", ["3"], [])).Why
        );

    [Theory]
    [InlineData(OverTime.Sum, "60", true)]
    [InlineData(OverTime.Sum, "61", false)]
    [InlineData(OverTime.Last, "30", true)]
    [InlineData(OverTime.Last, "20", false)]
    [InlineData(OverTime.Mean, "20", true)]
    [InlineData(OverTime.Mean, "21", false)]
    [InlineData(OverTime.Max, "30", true)]
    [InlineData(OverTime.Max, "29", false)]
    public void Parts_OfACoarseFigure_AreRolledUpByTheRule(OverTime rule, string stated, bool agrees) =>
        Assert.Equal(
            agrees,
            ReconcileCheck.Parts(rule, Printed(Dossiers, stated), [.. Numbers(Dossiers, "10", "20", "30")]) is Agrees
        );

    [Fact]
    public void Areas_OneCommuneIsMissing_IsNotComputable() =>
        Assert.IsType<NotComputable>(ReconcileCheck.Areas(Printed(Dossiers, "3"), Numbers(Dossiers, "1", null)));

    [Fact]
    public void Cumulative_TheSumOfFlows_IsExactForCounts()
    {
        Assert.IsType<Agrees>(ReconcileCheck.Cumulative(Printed(Dossiers, "6"), Numbers(Dossiers, "1", "2", "3")));
        Assert.IsType<Contradicts>(ReconcileCheck.Cumulative(Printed(Dossiers, "7"), Numbers(Dossiers, "1", "2", "3")));
    }

    [Fact]
    public void Rate_OfParts_IsTheRatioOfSumsAndNotTheMeanOfRates()
    {
        var (above, below) = (Numbers(Dossiers, "1", "90"), Numbers(Dossiers, "2", "100"));

        Assert.IsType<Agrees>(ReconcileCheck.Rate(Printed(Rate, "89.2"), above, below, inPercent: true));
        Assert.IsType<Contradicts>(ReconcileCheck.Rate(Printed(Rate, "70.0"), above, below, inPercent: true));
    }

    [Theory]
    [InlineData("100.5", true)]
    [InlineData("100.7", false)]
    public void Computed_Elsewhere_IsTakenAsExact(string stated, bool agrees) =>
        Assert.Equal(agrees, ReconcileCheck.Computed(Printed(Rate, stated), 100.5987m) is Agrees);

    [Theory]
    [InlineData("T.01", "120", "120", true)]
    [InlineData("T.01", "120", "119", false)]
    [InlineData("T.02", "12.0", "11.9", true)]
    [InlineData("T.02", "12.0", "11.8", false)]
    public void NoFall_ARunningTotal_MayFallByRoundingOnly(string code, string earlier, string later, bool agrees)
    {
        var measure = code == Dossiers.Code ? Dossiers : Money;

        Assert.Equal(agrees, ReconcileCheck.NoFall(Printed(measure, earlier), Printed(measure, later)) is Agrees);
    }

    [Theory]
    [InlineData("98.6", 'A', Vintage.Official, "Contradicts")]
    [InlineData("99.6", 'A', Vintage.Official, "Agrees")]
    [InlineData("98.6", 'B', Vintage.Official, "Contradicts")]
    [InlineData("98.6", 'E', Vintage.Official, "NotComputable")]
    [InlineData("98.6", 'A', Vintage.Estimate, "NotComputable")]
    public void Sources_TwoOfOneFigure_AreHeldTogetherWhereBothAreFinal(
        string other,
        char status,
        Vintage vintage,
        string expected
    )
    {
        var forms = new SourceFigure("forms", PrintedNumber.Of(99.61m, Rate), ObsStatus.Normal, Vintage.Official);
        var narrative = new SourceFigure("narrative", Printed(Rate, other).GetValueOrDefault(), status, vintage);

        Assert.Equal(expected, SourcesCheck.Evaluate(forms, narrative).GetType().Name);
        Assert.Equal(expected, SourcesCheck.Evaluate(narrative, forms).GetType().Name);
    }

    private static CheckResult Derived(DerivedRule rule, Measure compared, string stated, params string?[][] inputs) =>
        ReconcileCheck.Derived(
            rule is DerivedRule.Ytd or DerivedRule.Difference ? compared : Growth,
            rule,
            compared,
            Printed(rule is DerivedRule.Ytd or DerivedRule.Difference ? compared : Growth, stated),
            [.. inputs.Select(terms => (IReadOnlyList<PrintedNumber?>)[.. terms.Select(text => Printed(compared, text))])]
        );

    private static PrintedNumber?[] Numbers(Measure measure, params string?[] texts) =>
        [.. texts.Select(text => Printed(measure, text))];
}
