using System.Text;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Quality.Checks.Rows;

namespace KpiMetrics.Tests.Quality.Checks;

/// <summary>The sentences, word by word: officials read them.</summary>
public sealed class FindingTests
{
    private static readonly Measure OnTimeRate = Row(
        "CC-F303.01",
        "3.1.",
        "Tỷ lệ hồ sơ giải quyết đúng hạn",
        "%",
        MeasureKind.Ratio
    );
    private static readonly Measure Done = Row("CC-F303.02", "3.1.1.", "Tổng số hồ sơ TTHC đã giải quyết xong", "Hồ sơ");
    private static readonly Measure OnTime = Row("CC-F303.03", "3.1.2.", "Số hồ sơ TTHC giải quyết đúng hạn", "Hồ sơ");
    private static readonly Measure Inspected = Row("CC-F104.01", null, "Số cơ quan, đơn vị được thanh tra", "Số lượng");
    private static readonly Measure UnitsForm4 = Row("CC-F401.05", "1.5.", "Tổng số đơn vị sự nghiệp công lập", "Đơn vị");
    private static readonly Measure UnitsForm6 = Row("CC-F602.01", "2.1.", "Tổng số ĐVSN công lập", "Đơn vị");
    private static readonly Measure Spent = Row("CC-F601.03", "1.2.", "Số vốn đã giải ngân", "Triệu đồng");
    private static readonly Measure Milled = Row("LC-A01.01", "1", "Sản lượng lương thực có hạt", "Tấn") with
    {
        Subjects = [new("lua", "Cây lúa"), new("ngo", "Cây ngô")],
    };
    private static readonly Measure Growth = Row("LC-A01.02", null, "So với cùng kỳ năm trước", "%");

    private static readonly IndicatorSet Set = TestCatalog.Set with
    {
        Groups =
        [
            Group("F1", "Biểu mẫu 1. Công tác chỉ đạo điều hành CCHC", Inspected),
            Group("F3", "Biểu mẫu 3. Cải cách thủ tục hành chính", OnTimeRate, Done, OnTime),
            Group("F4", "Biểu mẫu 4. Cải cách tổ chức bộ máy", UnitsForm4),
            Group("F6", "Biểu mẫu 6. Cải cách tài chính công", UnitsForm6, Spent),
            Group("A", "NHÓM CHỈ SỐ PHỤC VỤ CHỈ ĐẠO, ĐIỀU HÀNH HÀNG NGÀY, HÀNG THÁNG", Milled, Growth),
        ],
    };

    [Fact]
    public void Vietnamese_ARate_NamesRowsNumbersAndResult() =>
        Says(
            "Biểu mẫu 3, hàng 3.1 nêu 99,61 % nhưng tính từ hàng 3.1.2 (151.619) chia hàng 3.1.1 (153.771) được 98,60 %.",
            Identity(OnTimeRate, IdentityRule.Ratio, "99.61", (OnTime, "151619"), (Done, "153771"))
        );

    [Theory]
    [InlineData("97", "98,6 %")]
    [InlineData("97.1", "98,60 %")]
    [InlineData("97.123", "98,601 %")]
    public void Vietnamese_TheRecomputed_HasAtMostOneDecimalMoreThanTheStated(string stated, string shown) =>
        Assert.EndsWith(
            $" được {shown}.",
            Identity(OnTimeRate, IdentityRule.Ratio, stated, (OnTime, "151619"), (Done, "153771")).Vietnamese,
            StringComparison.Ordinal
        );

    [Fact]
    public void Vietnamese_NothingOfNothing_CannotBeComputed() =>
        Says(
            "Biểu mẫu 3, hàng 3.1 nêu 0 % nhưng không tính được: mẫu số bằng 0 (0/0), lấy hàng 3.1.2 (0) chia hàng 3.1.1 (0).",
            Identity(OnTimeRate, IdentityRule.Ratio, "0", (OnTime, "0"), (Done, "0"))
        );

    [Fact]
    public void Vietnamese_ARateOfAnEmptyWholeWithoutARowNumber_NamesTheWhole() =>
        Says(
            "Biểu mẫu 3, hàng 3.1 nêu 100 % nhưng không tính được: mẫu số bằng 0, theo Biểu mẫu 1, hàng \"Số cơ quan, đơn vị được thanh tra\" (0).",
            Identity(OnTimeRate, IdentityRule.RatioOf, "100", (Inspected, "0"))
        );

    [Fact]
    public void Vietnamese_AChangeFromZero_SaysThatThereIsNothingToCompareWith() =>
        Says(
            "LC-A01.02 \"So với cùng kỳ năm trước\" nêu 100 % nhưng không tính được: số gốc để so sánh bằng 0 (7 so với 0).",
            Found(
                Growth,
                CheckKinds.Of(DerivedRule.Yoy),
                "100",
                stated =>
                    ReconcileCheck.Derived(
                        Growth,
                        DerivedRule.Yoy,
                        Milled,
                        Printed(Growth, stated),
                        [
                            [Printed(Milled, "7")],
                            [Printed(Milled, "0")],
                        ]
                    )
            )
        );

    [Fact]
    public void Vietnamese_APartGreaterThanItsWhole_SaysByHowMuch() =>
        Says(
            "Biểu mẫu 3, hàng 3.1.2 nêu 160.000 hồ sơ, lớn hơn hàng 3.1.1 (153.771) dù là một phần của số đó, chênh 6.229 hồ sơ.",
            Identity(OnTime, IdentityRule.AtMost, "160000", (Done, "153771"))
        );

    [Fact]
    public void Vietnamese_TheSameFigureInTwoForms_NamesBothForms() =>
        Says(
            "Biểu mẫu 6, hàng 2.1 nêu 1.408 đơn vị nhưng Biểu mẫu 4, hàng 1.5 (1.357) cũng là số liệu này, chênh 51 đơn vị.",
            Identity(UnitsForm6, IdentityRule.Equal, "1408", (UnitsForm4, "1357"))
        );

    [Fact]
    public void Vietnamese_ASum_ListsItsParts() =>
        Says(
            "Biểu mẫu 3, hàng 3.1.1 nêu 10 hồ sơ nhưng cộng hàng 3.1.2 (4), Biểu mẫu 1, hàng \"Số cơ quan, đơn vị được thanh tra\" (5) và Biểu mẫu 4, hàng 1.5 (2) được 11 hồ sơ, chênh 1 hồ sơ.",
            Identity(Done, IdentityRule.Sum, "10", (OnTime, "4"), (Inspected, "5"), (UnitsForm4, "2"))
        );

    [Fact]
    public void Vietnamese_ADifference_SaysWhatIsTakenFromWhat() =>
        Says(
            "Biểu mẫu 3, hàng 3.1.2 nêu 4 hồ sơ nhưng lấy hàng 3.1.1 (10) trừ Biểu mẫu 4, hàng 1.5 (5) được 5 hồ sơ, chênh 1 hồ sơ.",
            Identity(OnTime, IdentityRule.Difference, "4", (Done, "10"), (UnitsForm4, "5"))
        );

    [Fact]
    public void Vietnamese_ABreakdown_ListsItsLines() =>
        Says(
            "LC-A01.01 \"Sản lượng lương thực có hạt\" nêu 1.200,5 tấn nhưng cộng \"Cây lúa\" (900,25 tấn) và \"Cây ngô\" (200 tấn) được 1.100,25 tấn, chênh 100,25 tấn.",
            Found(
                Milled,
                CheckKind.IdentitySumOfSubjects,
                "1200.5",
                stated => Check(Milled, IdentityRule.SumOfSubjects, stated, Input(Milled, "900.25"), Input(Milled, "200")),
                new(Place.Of(Set, Milled, "lua"), Printed(Milled, "900.25")),
                new(Place.Of(Set, Milled, "ngo"), Printed(Milled, "200"))
            )
        );

    [Fact]
    public void Vietnamese_AChangeStatedAsALevel_SaysThatItMayBeMeantSo() =>
        Says(
            "LC-A01.02 \"So với cùng kỳ năm trước\" nêu 110,0 % nhưng so LC-A01.01 \"Sản lượng lương thực có hạt\", tháng 11/2025 (110,00 tấn) "
                + "với LC-A01.01 \"Sản lượng lương thực có hạt\", tháng 11/2024 (100,00 tấn) được 10,0 %, chênh 100,0 điểm % (có thể nêu mức so sánh, cả gốc 100 %, thay cho mức tăng).",
            Found(
                Growth,
                CheckKinds.Of(DerivedRule.Yoy),
                "110.0",
                stated =>
                    ReconcileCheck.Derived(
                        Growth,
                        DerivedRule.Yoy,
                        Milled,
                        Printed(Growth, stated),
                        [
                            [Printed(Milled, "110.00")],
                            [Printed(Milled, "100.00")],
                        ]
                    ),
                new(Place.Of(Set, Milled), Printed(Milled, "110.00"), Period: Period.Parse("2025-11")),
                new(Place.Of(Set, Milled), Printed(Milled, "100.00"), Period: Period.Parse("2024-11"))
            )
        );

    [Fact]
    public void Vietnamese_MonthsOfAYear_AreNotAllListed()
    {
        var months = Period.Parse("2025").Parts(Frequency.Month).ToList();

        Says(
            "Biểu mẫu 3, hàng 3.1.1 nêu 13 hồ sơ cho năm 2025 nhưng cộng tháng 1/2025 (1), tháng 2/2025 (1), tháng 3/2025 (1), tháng 4/2025 (1), "
                + "tháng 5/2025 (1), tháng 6/2025 (1) và 6 số khác được 12 hồ sơ, chênh 1 hồ sơ.",
            Found(
                Done,
                CheckKind.PeriodsSum,
                "13",
                stated => ReconcileCheck.Parts(OverTime.Sum, Printed(Done, stated), [.. months.Select(_ => Printed(Done, "1"))]),
                [.. months.Select(month => new FindingInput(Place.Of(Set, Done), Printed(Done, "1"), Period: month))]
            )
        );
    }

    [Fact]
    public void Vietnamese_Communes_AreNamed() =>
        Says(
            "Biểu mẫu 3, hàng 3.1.1 nêu 4 hồ sơ nhưng cộng Xã Đông Cứu (1) và Phường Kinh Bắc (2) được 3 hồ sơ, chênh 1 hồ sơ.",
            Found(
                Done,
                CheckKind.AreasSum,
                "4",
                stated => ReconcileCheck.Areas(Printed(Done, stated), [Printed(Done, "1"), Printed(Done, "2")]),
                new(Place.Of(Set, Done), Printed(Done, "1"), Area: "Xã Đông Cứu"),
                new(Place.Of(Set, Done), Printed(Done, "2"), Area: "Phường Kinh Bắc")
            )
        );

    [Fact]
    public void Vietnamese_AFallingTotal_SaysSinceWhen() =>
        Says(
            "Biểu mẫu 6, hàng 1.2 nêu lũy kế 119,5 triệu đồng đến năm 2025, giảm 0,5 triệu đồng so với tháng 5/2025 (120,0 triệu đồng).",
            Found(
                Spent,
                CheckKind.CumulativeFall,
                "119.5",
                stated => ReconcileCheck.NoFall(Printed(Spent, "120.0"), Printed(Spent, stated)),
                new FindingInput(Place.Of(Set, Spent), Printed(Spent, "120.0"), Period: Period.Parse("2025-05"))
            )
        );

    [Fact]
    public void Vietnamese_TwoSources_AreBothQuoted() =>
        Says(
            "Biểu mẫu 3, hàng 3.1 có hai số cho năm 2025: nguồn forms nêu 99,61 %, nguồn narrative nêu 98,6 %, chênh 1,01 điểm %.",
            Found(
                OnTimeRate,
                CheckKind.Sources,
                "99.61",
                stated =>
                    SourcesCheck.Evaluate(
                        new("forms", Printed(OnTimeRate, stated).GetValueOrDefault(), ObsStatus.Normal, Vintage.Official),
                        new("narrative", Printed(OnTimeRate, "98.6").GetValueOrDefault(), ObsStatus.Normal, Vintage.Official)
                    ),
                new FindingInput(Place.Of(Set, OnTimeRate), Printed(OnTimeRate, "98.6"), Source: "narrative")
            )
        );

    [Fact]
    public void Of_AContradiction_CarriesItsEvidence()
    {
        var finding = Identity(OnTimeRate, IdentityRule.Ratio, "99.61", (OnTime, "151619"), (Done, "153771"));

        Assert.Equal(("identity-ratio", FindingVerdict.Contradiction), (finding.Code, finding.Verdict));
        Assert.Equal(
            ("test", "T-01", "CC-F303.01", "24@2025-07-01"),
            (finding.Set, finding.Indicator, finding.Measure, finding.Area)
        );
        Assert.Equal(1.0095m, decimal.Round(finding.Difference.GetValueOrDefault(), 4));
        Assert.Equal(["CC-F303.03", "CC-F303.02"], finding.Inputs.Select(input => input.Place.Measure));
        Assert.Equal("hàng 3.1", finding.Origin);
    }

    [Fact]
    public void Code_NothingCanBeComputed_IsNotComputable() =>
        Assert.Equal("not-computable", Identity(OnTimeRate, IdentityRule.Ratio, "0", (OnTime, "0"), (Done, "0")).Code);

    [Fact]
    public void Of_FiguresThatAgreeOrAreMissing_IsNull()
    {
        var about = About(OnTimeRate, "98.60");

        Assert.Null(Finding.Of(about, CheckKind.IdentityRatio, Check(Rate, IdentityRule.Sum, "1", Input(Rate, "1")), [], null));
        Assert.Null(Finding.Of(about, CheckKind.IdentityRatio, Check(Rate, IdentityRule.Sum, "1", Input(Rate, null)), [], null));
    }

    [Fact]
    public void Place_ALongName_IsCutAtEightyCharacters()
    {
        var name = string.Concat(Enumerable.Repeat("Số hồ sơ ", 20));
        var place = Place.Of(Set, Growth with { Name = name.Normalize(NormalizationForm.FormD) }).ToString();

        Assert.EndsWith("...\"", place, StringComparison.Ordinal);
        Assert.True(place.Length <= "LC-A01.02 \"\"".Length + Place.LongestName, place);
        Assert.True(place.IsNormalized());
    }

    [Theory]
    [InlineData("2025-11-20T07", "7 giờ ngày 20/11/2025")]
    [InlineData("2025-11-20", "ngày 20/11/2025")]
    [InlineData("2025-W47", "tuần 47/2025")]
    [InlineData("2025-Q4", "quý IV/2025")]
    [InlineData("2025-S1", "6 tháng đầu năm 2025")]
    [InlineData("2025-S2", "6 tháng cuối năm 2025")]
    public void Vietnamese_APeriod_IsCalledAsReportsDo(string period, string expected) =>
        Assert.Contains(
            $" cho {expected}:",
            Finding
                .Of(
                    About(Done, "2") with
                    {
                        Period = Period.Parse(period),
                    },
                    CheckKind.Sources,
                    new Contradicts(1m, 1m, 1m, 1m),
                    [new(Place.Of(Set, Done), Printed(Done, "1"), Source: "b")],
                    null
                )
                ?.Vietnamese,
            StringComparison.Ordinal
        );

    private static void Says(string expected, Finding finding)
    {
        Assert.Equal(expected, finding.Vietnamese);
        Assert.True(finding.Vietnamese.IsNormalized());
    }

    private static Finding Identity(
        Measure measure,
        IdentityRule rule,
        string stated,
        params (Measure Measure, string Text)[] inputs
    ) =>
        Found(
            measure,
            CheckKinds.Of(rule),
            stated,
            text => Check(measure, rule, text, [.. inputs.Select(input => Input(input.Measure, input.Text))]),
            [.. inputs.Select(input => new FindingInput(Place.Of(Set, input.Measure), Printed(input.Measure, input.Text)))]
        );

    private static Finding Found(
        Measure measure,
        CheckKind kind,
        string stated,
        Func<string, CheckResult> check,
        params FindingInput[] inputs
    )
    {
        var finding = Finding.Of(About(measure, stated), kind, check(stated), inputs, "hàng 3.1");
        Assert.NotNull(finding);
        return finding;
    }

    private static CheckedFigure About(Measure measure, string stated) =>
        new(Set, "T-01", measure, "", "24@2025-07-01", Period.Parse("2025"), Printed(measure, stated), "forms");

    private static IndicatorGroup Group(string code, string name, params Measure[] measures) =>
        new(code, name, [TestCatalog.Set.Indicators.First() with { Code = code, Measures = measures }]);

    private static Measure Row(string code, string? number, string name, string unit, MeasureKind kind = MeasureKind.Flow) =>
        Of(code, unit) with
        {
            Name = name,
            Number = number,
            Kind = kind,
        };
}
