using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Collection.Plans;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Collection.Intake;

namespace KpiMetrics.Tests.Collection;

/// <summary>What one row must be to be taken, and what its sender is told otherwise.</summary>
public sealed partial class RowDoorTests : IDisposable
{
    private readonly TempFolder folder = new();

    public static TheoryData<RefusalCode, string, RawRow> BadRows =>
        new()
        {
            { RefusalCode.UnreadableRow, "4 cells where 5 are needed", Row() with { Fault = "4 cells where 5 are needed" } },
            { RefusalCode.EmptyCell, "indicator is empty", Row() with { Indicator = RawCell.Empty } },
            { RefusalCode.EmptyCell, "measure is empty", Row() with { Measure = RawCell.Empty } },
            { RefusalCode.EmptyCell, "area is empty", Row() with { Area = RawCell.Empty } },
            { RefusalCode.EmptyCell, "period is empty", Row() with { Period = RawCell.Empty } },
            { RefusalCode.EmptyCell, "value is empty; a figure is withdrawn with status M", Row(value: "") },
            {
                RefusalCode.UnknownIndicator,
                "indicator 't-01' is not in set test; 'catalog list --set test' shows its codes",
                Row() with
                {
                    Indicator = Text("t-01"),
                }
            },
            {
                RefusalCode.UnknownMeasure,
                "measure 'T-01.99' is not of T-01; allowed: T-01.01 .. T-01.06",
                Row(measure: "T-01.99")
            },
            {
                RefusalCode.UnknownSubject,
                "subject 'khoai' is not one of T-01.06; allowed: lua, ngo",
                Row(measure: "T-01.06") with
                {
                    Subject = Text("khoai"),
                }
            },
            { RefusalCode.UnknownSubject, "subject '' is not one of T-01.06; allowed: lua, ngo", Row(measure: "T-01.06") },
            {
                RefusalCode.UnknownSubject,
                "subject 'lua': T-01.01 has no breakdown; leave it empty",
                Row() with
                {
                    Subject = Text("lua"),
                }
            },
            {
                RefusalCode.UnknownArea,
                "no area bears code '99' on 2026-10-31; allowed: 24 (Tỉnh Bắc Ninh) from 1997-01-01 on",
                Row() with
                {
                    Area = Text("99"),
                }
            },
            { RefusalCode.BadPeriod, "period '2026-13' does not exist: month of 2026 must be in 1..12.", Row(period: "2026-13") },
            { RefusalCode.BadPeriod, "period '30/02/2026' is not a period; write", Row(period: "30/02/2026") },
            { RefusalCode.BadPeriod, "period '1899': Year must be in 1900..2199.", Row(period: "1899") },
            {
                RefusalCode.PeriodNotBegun,
                "period '2026-12' has not begun: its window opens on 2026-12-01T00:00",
                Row(period: "2026-12")
            },
            { RefusalCode.BadNumber, "value '1.234' could be 1234 or 1.234; write 1234 or 1.2340", Row(value: "1.234") },
            { RefusalCode.BadNumber, "value '12 con' is not a number: 'c' is not allowed", Row(value: "12 con") },
            {
                RefusalCode.BadNumber,
                "value '123456789012345678901234567890' has more digits than are kept; at most 28 are allowed",
                Row(value: "123456789012345678901234567890")
            },
            { RefusalCode.BadNumber, "value 'NaN' is not a number: 'N' is not allowed", Row(value: "NaN") },
            { RefusalCode.BadNumber, "value 'Infinity' is not a number: 'I' is not allowed", Row(value: "Infinity") },
            { RefusalCode.BadNumber, "value '1e5' is not a number: 'e' is not allowed", Row(value: "1e5") },
            { RefusalCode.BadNumber, "value '1e401' is not a number", Row() with { Value = Number("1e401") } },
            {
                RefusalCode.BadNumber,
                "value '1E+30' has more digits than are kept; at most 28 are allowed",
                Row() with
                {
                    Value = Number("1E+30"),
                }
            },
            { RefusalCode.NegativeValue, "value '-5' is negative; the least T-01.01 can be is 0", Row(value: "-5") },
            {
                RefusalCode.NegativeValue,
                "value '-5,50' (-5.50) is negative; the least T-01.04 can be is 0",
                Row(measure: "T-01.04", value: "-5,50")
            },
            {
                RefusalCode.NotWhole,
                "value '12,5' (12.5) has decimals; T-01.02 counts in the unit Con: write a whole number",
                Row(measure: "T-01.02", value: "12,5")
            },
            {
                RefusalCode.WrongCellType,
                "value '1.234' is a number; T-01.05 is a text",
                Row(measure: "T-01.05", value: "1.234")
            },
            {
                RefusalCode.WrongCellType,
                "value '1.5E3' is a number; T-01.05 is a text",
                Row(measure: "T-01.05") with
                {
                    Value = Number("1.5E3"),
                }
            },
            {
                RefusalCode.UnitMismatch,
                "unit 'tạ' is not that of T-01.01, 'Tấn'; nothing is converted: write the value in Tấn",
                Row() with
                {
                    Unit = Text("tạ"),
                }
            },
            {
                RefusalCode.UnitMismatch,
                "unit '%': T-01.04 has none; leave it empty",
                Row(measure: "T-01.04") with
                {
                    Unit = Text("%"),
                }
            },
            {
                RefusalCode.WrongAgency,
                "agency 'Sở Y tế' does not report T-01.01; allowed: Sở Tài chính",
                Row() with
                {
                    Agency = Text("Sở Y tế"),
                }
            },
            {
                RefusalCode.FormulaCell,
                "unit is a formula; paste its value instead",
                Row() with
                {
                    Unit = new("=A1", CellKind.Formula, "Sheet1!J6"),
                }
            },
            {
                RefusalCode.WrongCellType,
                "agency is 'TRUE'; write it as text",
                Row() with
                {
                    Agency = new("TRUE", CellKind.Other, "Sheet1!K6"),
                }
            },
            {
                RefusalCode.FormulaCell,
                "value is a formula; paste its value instead",
                Row() with
                {
                    Value = new("=SUM(E2:E5)", CellKind.Formula, "Sheet1!E6"),
                }
            },
            {
                RefusalCode.FormulaCell,
                "note is a formula; paste its value instead",
                Row() with
                {
                    Note = new("=A1", CellKind.Formula, "Sheet1!I6"),
                }
            },
            {
                RefusalCode.WrongCellType,
                "value is 'date 2026-10-01'; write a number",
                Row() with
                {
                    Value = new("date 2026-10-01", CellKind.Other, ""),
                }
            },
            {
                RefusalCode.WrongCellType,
                "period is 'date 2026-10-01'; write it as text",
                Row() with
                {
                    Period = new("date 2026-10-01", CellKind.Other, ""),
                }
            },
            {
                RefusalCode.WrongCellType,
                "subject is '#N/A'; write it as text",
                Row() with
                {
                    Subject = new("#N/A", CellKind.Other, ""),
                }
            },
            {
                RefusalCode.WrongCellType,
                "value has 20001 characters; at most 20000",
                Row(measure: "T-01.05", value: new('a', 20_001))
            },
            { RefusalCode.UnitMismatch, "value '99,61%' is a percentage; the unit of T-01.01 is Tấn", Row(value: "99,61%") },
            {
                RefusalCode.UnitMismatch,
                "value '99,61%' is a percentage; the unit of T-01.04 is not %",
                Row(measure: "T-01.04", value: "99,61%")
            },
            { RefusalCode.BadStatus, "status 'X' is unknown; allowed: A, B, D,", Row() with { Status = Text("X") } },
            {
                RefusalCode.BadStatus,
                "status M withdraws the figure, but the value is '1'; leave one of them empty",
                Row() with
                {
                    Status = Text("M"),
                }
            },
            {
                RefusalCode.BadVintage,
                "vintage 'ước tính' is unknown; allowed: estimate, preliminary, official",
                Row() with
                {
                    Vintage = Text("ước tính"),
                }
            },
        };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(BadRows), DisableDiscoveryEnumeration = true)]
    public async Task Take_BadRow_IsRefusedWithTheValueFoundAndWhatIsAllowed(RefusalCode code, string message, RawRow row)
    {
        var intake = await CreateAsync(folder);

        var result = await intake.TakeAsync(row);

        var refusal = Assert.Single(intake.Refusals);
        Assert.Equal(code, refusal.Code);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0, 1), (result.Rows, result.Receipt.Recorded, result.Receipt.Refused));
        Assert.Empty(await intake.FiguresAsync());
    }

    [Fact]
    public void BadRows_EveryCode_HasItsExampleHereOrAmongTheReports()
    {
        // These need more than a row: see below, RowDoorTests.Limits, ReportIntakeTests and PeriodDoorTests. Those of plans have their own rows.
        RefusalCode[] elsewhere =
        [
            RefusalCode.WrongFrequency,
            RefusalCode.OutOfRange,
            RefusalCode.Contradiction,
            RefusalCode.NotInForce,
        ];

        var shown = BadRows
            .Select(row => row.Data.Item1)
            .Concat(elsewhere)
            .Concat(PlanIntakeTests.Bad.Select(row => row.Data.Item2));

        Assert.Empty(Enum.GetValues<RefusalCode>().Except(shown));
    }

    [Fact]
    public async Task Take_FrequencyThatIsNotMandated_IsRefused()
    {
        var intake = await CreateAsync(
            folder,
            With(indicator => indicator with { Frequencies = [Frequency.Month, Frequency.Year] })
        );

        await intake.TakeAsync(Row(period: "2026-Q3"));

        Assert.Equal(
            (RefusalCode.WrongFrequency, "period '2026-Q3' has frequency Q; T-01 is reported at M, A"),
            Assert.Single(intake.Refusals)
        );
    }

    [Fact]
    public async Task Take_SeveralFaults_AreAllSaidOfOneRow()
    {
        var intake = await CreateAsync(folder);

        var result = await intake.TakeAsync(
            new RawRow(7)
            {
                Indicator = Text("T-01"),
                Measure = Text("T-01.99"),
                Subject = new("=A1", CellKind.Formula, "Sheet1!C7"),
                Period = Text("2026-13"),
                Status = Text("X"),
                Vintage = Text("Y"),
                Note = new("#N/A", CellKind.Other, "Sheet1!I7"),
            }
        );

        Assert.Equal(1, result.Receipt.Refused);
        Assert.Equal(
            [
                RefusalCode.EmptyCell, // area
                RefusalCode.EmptyCell, // value
                RefusalCode.UnknownMeasure,
                RefusalCode.BadPeriod,
                RefusalCode.FormulaCell,
                RefusalCode.WrongCellType,
                RefusalCode.BadStatus,
                RefusalCode.BadVintage,
            ],
            intake.Refusals.Select(refusal => refusal.Code).Order()
        );
        Assert.All(intake.Refused, refused => Assert.Equal(7, refused.Refusal.Line));
        Assert.Contains(
            intake.Refused,
            refused => refused.Refusal.ToString().StartsWith("7: Sheet1!C7: subject", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("indicator")]
    [InlineData("measure")]
    [InlineData("subject")]
    [InlineData("area")]
    [InlineData("period")]
    [InlineData("value")]
    [InlineData("status")]
    [InlineData("vintage")]
    [InlineData("unit")]
    [InlineData("agency")]
    public async Task Take_HostileText_StaysOneShortLine(string column)
    {
        var hostile = Text("x\r\n\u001b[2J" + new string('ệ', 5000));
        var row = Row();
        row = column switch
        {
            "indicator" => row with { Indicator = hostile },
            "measure" => row with { Measure = hostile },
            "subject" => row with { Subject = hostile },
            "area" => row with { Area = hostile },
            "period" => row with { Period = hostile },
            "value" => row with { Value = hostile },
            "status" => row with { Status = hostile },
            "unit" => row with { Unit = hostile },
            "agency" => row with { Agency = hostile },
            _ => row with { Vintage = hostile },
        };
        var intake = await CreateAsync(folder);

        await intake.TakeAsync(row);

        var message = Assert.Single(intake.Refusals).Message;
        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 10, 300);
    }

    [Theory]
    [InlineData("2025", true)]
    [InlineData("2024", false)]
    [InlineData("2025-06", false)]
    [InlineData("2025-07", true)]
    [InlineData("2025-S1", false)]
    [InlineData("2025-Q3", true)]
    public async Task Take_AreaWithItsCodeSinceJuly2025_IsKnownForPeriodsThatEndLater(string period, bool known)
    {
        var intake = await CreateAsync(folder, new([TestCatalog.Set], [TestCatalog.Province]));

        await intake.TakeAsync(Row(period: period));

        Assert.Equal(known ? 0 : 1, intake.Refused.Count);
        if (!known)
            Assert.Contains(
                "; allowed: 24 (Tỉnh Bắc Ninh) from 2025-07-01 on",
                intake.Refused[0].Refusal.Message,
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData("02401", "")]
    [InlineData(
        "24",
        "area '24' (Tỉnh Bắc Ninh) on 2026-10-31 is not of this set; allowed: the 1 communes of 24 (Tỉnh Bắc Ninh)"
    )]
    [InlineData(
        "01501",
        "area '01501' (Xã khác) on 2026-10-31 is not of this set; allowed: the 1 communes of 24 (Tỉnh Bắc Ninh)"
    )]
    public async Task Take_SetOfCommunes_TakesThoseOfItsProvince(string area, string message)
    {
        var commune = TestCatalog.Province with { Code = "02401", Name = "Xã", Level = AreaLevel.Commune, Parent = "24" };
        var other = commune with { Code = "01501", Name = "Xã khác", Parent = "15" };
        var set = TestCatalog.Set with { Level = AreaLevel.Commune };
        var intake = await CreateAsync(folder, new([set], [TestCatalog.Province, commune, other]));

        await intake.TakeAsync(Row() with { Area = Text(area) });

        Assert.Equal(message.Length == 0 ? [] : [message], intake.Refusals.Select(refusal => refusal.Message));
    }

    [Fact]
    public async Task Take_SetWhoseCommunesAreNotKnown_SaysWhatToDo()
    {
        var intake = await CreateAsync(
            folder,
            new([TestCatalog.Set with { Level = AreaLevel.Commune }], TestCatalog.Snapshot.Areas)
        );

        await intake.TakeAsync(Row() with { Area = Text("02401") });

        Assert.EndsWith(
            "no communes of 24 (Tỉnh Bắc Ninh) are known on 2026-10-31: 'areas import' takes a list of them",
            Assert.Single(intake.Refusals).Message,
            StringComparison.Ordinal
        );
    }
}
