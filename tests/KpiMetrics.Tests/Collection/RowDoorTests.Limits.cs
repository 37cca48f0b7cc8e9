using System.Text;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Quality;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Collection.Intake;

namespace KpiMetrics.Tests.Collection;

/// <summary>Ranges, units and offices: what the catalog says of a measure, and what a row may say of itself.</summary>
public sealed partial class RowDoorTests
{
    [Theory]
    [InlineData("100", "")]
    [InlineData("100%", "")]
    [InlineData("5", "")]
    [InlineData("100,01", "value '100,01' (100.01) is above 100, the most T-01.03 can be: it is wrong, or not in the unit %")]
    [InlineData("9961%", "value '9961%' (9961) is above 100, the most T-01.03 can be: it is wrong, or not in the unit %")]
    [InlineData("4,9", "value '4,9' (4.9) is below 5, the least T-01.03 can be: it is wrong, or not in the unit %")]
    public async Task Take_ValueOfAMeasureWithARange_MustLieWithin(string value, string message)
    {
        var intake = await CreateAsync(folder, With(TestCatalog.Rate with { Min = 5, Max = 100 }));

        await intake.TakeAsync(Row("T-01.03", value: value) with { Value = Text(value) with { Address = "Sheet1!E7" } });

        if (message.Length == 0)
        {
            Assert.Empty(intake.Refusals);
            return;
        }
        Assert.Equal((RefusalCode.OutOfRange, message), Assert.Single(intake.Refusals));
        Assert.Equal("Sheet1!E7", intake.Refused[0].Refusal.Cell);
        Assert.Empty(await intake.FiguresAsync());
    }

    [Fact]
    public async Task Take_WithdrawnFigureOfAMeasureWithARange_IsTaken()
    {
        var intake = await CreateAsync(folder, With(TestCatalog.Rate with { Min = 5, Max = 100 }));

        await intake.TakeAsync(Row("T-01.03", value: "") with { Status = Text("M") });

        Assert.Empty(intake.Refusals);
    }

    [Theory]
    [InlineData("Tấn", "Tấn")]
    [InlineData("Tấn", "TẤN")]
    [InlineData("m²", "m2")]
    [InlineData("M³", "m3")]
    [InlineData("Km²", "km2")]
    [InlineData("Cơ quan, đơn vị", "cơ quan,\u00A0 Đơn vị")]
    [InlineData("%", "%")]
    public async Task Take_UnitWrittenAnotherWay_IsTheSame(string printed, string given)
    {
        var intake = await CreateAsync(folder, With(TestCatalog.Flow with { Unit = printed }));

        await intake.TakeAsync(
            Row() with
            {
                Unit = Text(given),
            },
            Row(line: 3) with
            {
                Unit = Text(given.Normalize(NormalizationForm.FormD)),
            }
        );

        Assert.Empty(intake.Refusals);
    }

    [Theory]
    [InlineData("Triệu đồng", "Tỷ đồng")]
    [InlineData("m²", "m³")]
    [InlineData("Con", "Nghìn Con")]
    [InlineData("Người", "Nguoi")]
    public async Task Take_AnotherUnit_IsRefusedNamingBothAndNeverConverted(string printed, string given)
    {
        var intake = await CreateAsync(folder, With(TestCatalog.Flow with { Unit = printed }));

        await intake.TakeAsync(Row() with { Unit = Text(given) });

        var (code, message) = Assert.Single(intake.Refusals);
        Assert.Equal(RefusalCode.UnitMismatch, code);
        Assert.StartsWith($"unit '{given}' is not that of T-01.01, '{printed}';", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "", true)]
    [InlineData("Sở Tài chính", "", true)]
    [InlineData("sở tài  chính", "SỞ TÀI CHÍNH", true)]
    [InlineData(null, "Sở Tài chính", true)]
    [InlineData("Sở Y tế", "", false)]
    [InlineData(null, "Sở Y tế", false)]
    [InlineData("Sở Y tế", "Sở Tài chính", false)]
    public async Task Take_AgencyOfReportOrRow_MustBeTheOneThatReports(string? ofReport, string ofRow, bool isTaken)
    {
        var intake = await CreateAsync(folder);

        var rows = new[] { Row() with { Agency = Text(ofRow) } };
        await intake.TakeAsync(rows.ToAsyncEnumerable(), agency: ofReport);

        Assert.Equal(isTaken ? [] : [RefusalCode.WrongAgency], intake.Refusals.Select(refusal => refusal.Code));
    }

    [Fact]
    public async Task Take_MeasureWithAnAgencyOfItsOwn_IsReportedByIt()
    {
        var intake = await CreateAsync(folder, With(TestCatalog.Flow with { Agency = "Sở Y tế" }));

        var rows = new[] { Row(), Row("T-01.02", line: 3) };
        await intake.TakeAsync(rows.ToAsyncEnumerable(), agency: "Sở Y tế");

        Assert.Equal("agency 'Sở Y tế' does not report T-01.02; allowed: Sở Tài chính", Assert.Single(intake.Refusals).Message);
    }

    [Theory]
    [InlineData("2026-02", "Sở Kế hoạch", true)]
    [InlineData("2026-02", "Sở Tài chính", true)]
    [InlineData("2026-03", "Sở Kế hoạch", false)]
    [InlineData("2026-03", "Sở Tài chính", true)]
    public async Task Take_IndicatorThatMovedToAnotherAgency_IsReportedByTheOldOneForItsTimeOnly(
        string period,
        string agency,
        bool isTaken
    )
    {
        FormerVersion before = new(new(2026, 2, 28), null, "Sở Kế hoạch", []);
        var intake = await CreateAsync(folder, With(indicator => indicator with { Was = [before] }));

        await intake.TakeAsync(
            Row(period: period) with
            {
                Agency = Text(agency),
            },
            Row(line: 3) with
            {
                Agency = Text("Sở Y tế"),
            }
        );

        Assert.Equal(isTaken ? [3] : [2, 3], intake.Refused.Select(refused => refused.Refusal.Line));
    }

    private static CatalogSnapshot With(Measure measure) =>
        With(indicator =>
            indicator with
            {
                Measures = [.. indicator.Measures.Select(other => other.Code == measure.Code ? measure : other)],
            }
        );
}
