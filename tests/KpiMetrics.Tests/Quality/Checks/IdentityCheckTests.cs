using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality.Checks;
using static KpiMetrics.Tests.Quality.Checks.Rows;

namespace KpiMetrics.Tests.Quality.Checks;

public sealed class IdentityCheckTests
{
    private static readonly Measure NoUnit = Of("T.05", null);

    // Bắc Ninh's forms of 2025 and what could have been printed for the same rows.
    [Theory]
    [InlineData("99.78", "923664", "925711")]
    [InlineData("98.60", "151619", "153771")]
    [InlineData("98.61", "151619", "153771")]
    [InlineData("99.55", "1120", "1125")]
    [InlineData("99.56", "1120", "1125")]
    [InlineData("100", "997", "1000")]
    [InlineData("99", "997", "1000")]
    [InlineData("64.2", "13481137", "20991710")]
    [InlineData("98.6005163522381", "151619", "153771")]
    [InlineData("98.600516352238060", "151619", "153771")]
    public void Ratio_LessThanAUnitOfTheLastPlaceApart_Agrees(string stated, string above, string below) =>
        Assert.IsType<Agrees>(Check(Rate, IdentityRule.Ratio, stated, Input(Dossiers, above), Input(Dossiers, below)));

    [Theory]
    [InlineData("99.61", "151619", "153771")]
    [InlineData("98.59", "151619", "153771")]
    [InlineData("98.62", "151619", "153771")]
    [InlineData("98.601", "9860", "10000")]
    [InlineData("101", "1", "1")]
    [InlineData("0", "1", "2")]
    public void Ratio_AUnitOfTheLastPlaceApartOrMore_Contradicts(string stated, string above, string below) =>
        Assert.IsType<Contradicts>(Check(Rate, IdentityRule.Ratio, stated, Input(Dossiers, above), Input(Dossiers, below)));

    [Fact]
    public void Ratio_Form3Row31_TellsBothNumbersAndHowFarApart()
    {
        var result = Check(Rate, IdentityRule.Ratio, "99.61", Input(Dossiers, "151619"), Input(Dossiers, "153771"));

        var found = Assert.IsType<Contradicts>(result);
        Assert.Equal(98.6005m, decimal.Round(found.Recomputed, 4));
        Assert.Equal((found.Recomputed, found.Recomputed), (found.Lower, found.Upper));
        Assert.Equal(1.0095m, decimal.Round(found.Difference, 4));
        Assert.True(result.IsFinding);
    }

    // 0.1 and 0.3 may be 0.05 to 0.2 and 0.25 to 0.4: any rate from 12.5 to 80 percent.
    [Theory]
    [InlineData("33.33", true)]
    [InlineData("12.5", true)]
    [InlineData("79.99", true)]
    [InlineData("80.2", false)]
    [InlineData("12.3", false)]
    public void Ratio_OfRoundedFigures_IsAsUncertainAsTheyAre(string stated, bool agrees) =>
        Assert.Equal(agrees, Check(Rate, IdentityRule.Ratio, stated, Input(Money, "0.1"), Input(Money, "0.3")) is Agrees);

    [Theory]
    [InlineData("2.5", true)]
    [InlineData("250", false)]
    public void Ratio_WhereTheUnitIsNotPercent_IsThePlainQuotient(string stated, bool agrees) =>
        Assert.Equal(agrees, Check(NoUnit, IdentityRule.Ratio, stated, Input(Dossiers, "5"), Input(Dossiers, "2")) is Agrees);

    [Fact]
    public void Ratio_PerHeadInACountedUnit_IsRounded() =>
        Assert.IsType<Agrees>(Check(Dossiers, IdentityRule.Ratio, "3", Input(Dossiers, "10"), Input(Dossiers, "3")));

    [Fact]
    public void Share_WithoutAUnit_IsInPercent() =>
        Assert.IsType<Agrees>(Check(NoUnit, IdentityRule.Share, "25", Input(Dossiers, "1"), Input(Dossiers, "4")));

    [Theory]
    [InlineData("0", "0", 0)]
    [InlineData("100", "0", 0)]
    [InlineData("100", "5", 5)]
    public void Ratio_DenominatorZero_IsNotComputableAndAFinding(string stated, string above, int numerator)
    {
        var result = Check(Rate, IdentityRule.Ratio, stated, Input(Dossiers, above), Input(Dossiers, "0"));

        var why = Assert.IsType<NotComputable>(result);
        Assert.Equal((Incomputable.ZeroDenominator, numerator), (why.Why, why.Numerator));
        Assert.True(result.IsFinding);
    }

    [Fact]
    public void RatioOf_TheWholeIsZero_IsNotComputable() =>
        Assert.Equal(
            Incomputable.ZeroDenominator,
            Assert.IsType<NotComputable>(Check(Rate, IdentityRule.RatioOf, "100", Input(Dossiers, "0"))).Why
        );

    [Fact]
    public void RatioOf_ThereIsAWhole_Agrees() =>
        Assert.IsType<Agrees>(Check(Rate, IdentityRule.RatioOf, "100", Input(Dossiers, "3")));

    [Theory]
    [InlineData("195", true)]
    [InlineData("195.0", true)]
    [InlineData("194", false)]
    [InlineData("196", false)]
    public void Sum_OfCounts_IsExact(string stated, bool agrees) =>
        Assert.Equal(agrees, Check(Dossiers, IdentityRule.Sum, stated, Input(Dossiers, "186"), Input(Dossiers, "9")) is Agrees);

    // 1.2 + 2.3: at least 1.15 + 2.25, less than 1.3 + 2.4.
    [Theory]
    [InlineData("3.5", true)]
    [InlineData("3.6", true)]
    [InlineData("3.7", true)]
    [InlineData("3.4", true)]
    [InlineData("3.8", false)]
    [InlineData("3.3", false)]
    public void Sum_OfRoundedAmounts_MayBeOffByTheirRounding(string stated, bool agrees) =>
        Assert.Equal(agrees, Check(Money, IdentityRule.Sum, stated, Input(Money, "1.2"), Input(Money, "2.3")) is Agrees);

    [Fact]
    public void SumOfSubjects_OneLineMissing_SaysWhich()
    {
        var why = Assert.IsType<NotComputable>(
            Check(Tonnes, IdentityRule.SumOfSubjects, "5", Input(Tonnes, "2"), Input(Tonnes, null), Input(Tonnes, "3"))
        );

        Assert.Equal(Incomputable.InputMissing, why.Why);
        Assert.Equal([1], why.Missing);
        Assert.False(why.IsFinding);
    }

    [Theory]
    [InlineData("5", true)]
    [InlineData("6", false)]
    public void Difference_OfCounts_IsTheFirstLessTheOthers(string stated, bool agrees) =>
        Assert.Equal(
            agrees,
            Check(Dossiers, IdentityRule.Difference, stated, Input(Dossiers, "10"), Input(Dossiers, "2"), Input(Dossiers, "3"))
                is Agrees
        );

    [Theory]
    [InlineData("T.01", "10", "10", true)]
    [InlineData("T.01", "0", "10", true)]
    [InlineData("T.01", "11", "10", false)]
    [InlineData("T.03", "10.1", "10.0", true)]
    [InlineData("T.03", "10.2", "10.0", false)]
    public void AtMost_APart_IsNoGreaterThanItsWhole(string code, string part, string whole, bool agrees)
    {
        var measure = code == Dossiers.Code ? Dossiers : Tonnes;

        Assert.Equal(agrees, Check(measure, IdentityRule.AtMost, part, Input(measure, whole)) is Agrees);
    }

    [Theory]
    [InlineData("T.01", "1408", "1357", false)]
    [InlineData("T.01", "1408", "1408", true)]
    [InlineData("T.03", "10.5", "10.4", true)]
    [InlineData("T.03", "10.5", "10.3", false)]
    [InlineData("T.03", "10", "9.3", true)]
    public void Equal_TheSameFigureTwice_DiffersByRoundingOnly(string code, string one, string other, bool agrees)
    {
        var measure = code == Dossiers.Code ? Dossiers : Tonnes;

        Assert.Equal(agrees, Check(measure, IdentityRule.Equal, one, Input(measure, other)) is Agrees);
    }

    [Fact]
    public void Equal_TwoAnswersByCode_AreNotRounded() =>
        Assert.IsType<Contradicts>(
            Check(Of("T.06", "Có = 1; Không = 0"), IdentityRule.Equal, "1", Input(Of("T.07", "Có = 1; Không = 0"), "0"))
        );

    [Fact]
    public void Evaluate_TheFigureIsNotStated_IsNoFinding()
    {
        var result = Check(Rate, IdentityRule.Ratio, null, Input(Dossiers, "0"), Input(Dossiers, "0"));

        Assert.Equal(Incomputable.NotStated, Assert.IsType<NotComputable>(result).Why);
        Assert.False(result.IsFinding);
    }

    [Theory]
    [InlineData(IdentityRule.Sum)]
    [InlineData(IdentityRule.Difference)]
    [InlineData(IdentityRule.Ratio)]
    [InlineData(IdentityRule.AtMost)]
    [InlineData(IdentityRule.Equal)]
    public void Evaluate_NumbersBeyondADecimal_IsNotComputable(IdentityRule rule)
    {
        const string Huge = "79228162514264337593543950335";
        var other = rule == IdentityRule.Difference ? "-" + Huge : Huge;
        CheckInput[] inputs = rule is IdentityRule.AtMost or IdentityRule.Equal
            ? [Input(Tonnes, other)]
            : [Input(Tonnes, Huge), Input(Tonnes, other)];

        var why = Assert.IsType<NotComputable>(Check(Tonnes with { Unit = "%" }, rule, "-" + Huge, inputs));

        Assert.Equal(Incomputable.TooLarge, why.Why);
    }

    [Fact]
    public void Evaluate_ARatioOfOneInput_ThrowsAsTheCatalogWasNotChecked() =>
        Assert.Throws<ArgumentException>(() => Check(Rate, IdentityRule.Ratio, "1", Input(Dossiers, "1")));
}
