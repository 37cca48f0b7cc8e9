using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Collection.Plans;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Collection.Plans;

public sealed class PlanIntakeTests : IDisposable
{
    private static readonly DateTimeOffset Now = Intake.Now;

    private readonly TempFolder folder = new();
    private readonly List<RefusedRow> refused = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Take_ARowWithEverything_IsKeptAsStated()
    {
        var ledger = await CreateAsync();
        var row = Row("T-01.06", "2026-Q1", "1234.50") with
        {
            Subject = Intake.Text("Cây lúa"),
            Scheme = Intake.Text("du-toan"),
            Kind = Intake.Text("Điều chỉnh"),
            Decision = Intake.Text("Nghị quyết 12/NQ-HĐND"),
            Note = Intake.Text("Biểu 3"),
        };

        var result = await TakeAsync(ledger, [row]);

        Assert.Equal((1, 1, 0, 0), (result.Rows, result.Receipt.Recorded, result.Receipt.Repeated, result.Receipt.Refused));
        var (key, versions) = Assert.Single(await PlansAsync(ledger));
        Assert.Equal(new PlanKey("test", "T-01.06", "lua", "24@1997-01-01"), key);
        var expected = new PlanVersion(
            "du-toan",
            Period.Parse("2026-Q1"),
            1234.50m,
            PlanKind.Adjusted,
            "Nghị quyết 12/NQ-HĐND",
            Now,
            "Biểu 3"
        );
        Assert.Equal(expected, Assert.Single(versions));
    }

    [Fact]
    public async Task Take_AYearThatHasNotBegun_IsTaken()
    {
        var ledger = await CreateAsync();

        await TakeAsync(ledger, [Row("T-01.01", "2031", "5")]);

        var plan = Assert.Single(await PlansAsync(ledger)).Versions[0];
        Assert.Equal((PlanKind.Assigned, "", 2031), (plan.Kind, plan.Scheme, plan.Year.Year));
    }

    [Theory]
    [InlineData("1.234", NumberLocale.Vi, 1234)]
    [InlineData("1,234", NumberLocale.En, 1234)]
    public async Task Take_ADeclaredLocale_SettlesTheNumber(string text, NumberLocale locale, int value)
    {
        var ledger = await CreateAsync();

        await TakeAsync(ledger, [Row("T-01.01", "2026", text)], locale);

        Assert.Equal(value, Assert.Single(await PlansAsync(ledger)).Versions[0].Value);
    }

    public static TheoryData<RawRow, RefusalCode, string> Bad { get; } =
        new()
        {
            { Row("T-01.99", "2026", "1"), RefusalCode.UnknownMeasure, "measure 'T-01.99' is not of T-01" },
            {
                Row("T-01.01", "2026-W03", "1"),
                RefusalCode.WrongFrequency,
                "period '2026-W03' has frequency W; a plan is of a year (A) or a part of it: S, Q, M"
            },
            { Row("T-01.01", "2026-13", "1"), RefusalCode.BadPeriod, "period '2026-13' does not exist" },
            { Row("T-01.01", "2026", "1.234"), RefusalCode.BadNumber, "value '1.234' could be 1234 or 1.234" },
            { Row("T-01.01", "2026", ""), RefusalCode.EmptyCell, "value is empty" },
            { Row("T-01.01", "2026", "5%"), RefusalCode.UnitMismatch, "value '5%' is a percentage" },
            { Row("T-01.05", "2026", "1"), RefusalCode.NoPlanOfTexts, "T-01.05 is a text; only numbers have plans" },
            { Row("T-01.06", "2026", "1"), RefusalCode.UnknownSubject, "subject '' is not one of T-01.06" },
            {
                Row("T-01.01", "2026", "1") with
                {
                    Area = Intake.Text("27"),
                },
                RefusalCode.UnknownArea,
                "no area bears code '27' on 2026-12-31"
            },
            {
                Row("T-01.01", "2026", "1") with
                {
                    Kind = Intake.Text("mới"),
                },
                RefusalCode.BadPlanKind,
                "kind 'mới' is unknown; allowed: assigned (giao), adjusted (dieu-chinh)"
            },
            {
                Row("T-01.01", "2026", "1") with
                {
                    Scheme = Intake.Text("Dự toán"),
                },
                RefusalCode.BadPlanScheme,
                "scheme 'Dự toán' is no code; write it like du-toan"
            },
            {
                Row("T-01.01", "2026", "1") with
                {
                    Decision = new("=A1", CellKind.Formula, "S!H2"),
                },
                RefusalCode.FormulaCell,
                "decision is a formula"
            },
            {
                new RawRow(2) { Fault = "4 cells; the header has 5" },
                RefusalCode.UnreadableRow,
                "4 cells; the header has 5"
            },
        };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task Take_ABadRow_IsRefusedAndTheGoodOneKept(RawRow row, RefusalCode code, string message)
    {
        var ledger = await CreateAsync();

        var result = await TakeAsync(ledger, [row, Row("T-01.02", "2026", "7") with { Line = 3 }]);

        Assert.Equal((1, 1), (result.Receipt.Recorded, result.Receipt.Refused));
        var refusal = Assert.Single(refused).Refusal;
        Assert.Equal((2, code), (refusal.Line, refusal.Code));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("T-01.02", Assert.Single(await PlansAsync(ledger)).Key.Measure);
    }

    [Fact]
    public async Task Take_AReportThatContradictsItself_KeepsTheFirst()
    {
        var ledger = await CreateAsync();

        await TakeAsync(ledger, [Row("T-01.01", "2026", "1"), Row("T-01.01", "2026", "2") with { Line = 3 }]);

        Assert.Equal(
            "3: value '2': this report has already stated another plan of T-01.01 for 2026",
            Assert.Single(refused).Refusal.ToString()
        );
        Assert.Equal(1m, Assert.Single(await PlansAsync(ledger)).Versions.Single().Value);
    }

    [Fact]
    public async Task Take_DryRun_KeepsNothing()
    {
        var ledger = await CreateAsync();

        var result = await TakeAsync(ledger, [Row("T-01.01", "2026", "1")], dryRun: true);

        Assert.Equal(1, result.Receipt.Recorded);
        Assert.Empty(await PlansAsync(ledger));
        Assert.Empty(await ledger.ReadAuditAsync(1, Token));
    }

    [Fact]
    public async Task Take_FurtherMeasures_AreMarkedWithIt()
    {
        var ledger = await CreateAsync();
        await using (var report = await ledger.BeginAsync(Header, Token))
        {
            var series = TestCatalog.Series(TestCatalog.Rate, Frequency.Month);
            await report.AppendAsync(series, Period.Parse("2026-01"), FigureValue.Of(1m), 'A', Vintage.Official, null, Token);
            await report.CommitAsync(0, Token);
        }
        var outbox = (IOutbox)ledger;
        await outbox.ConfirmAloneAsync([], await outbox.NextChangesAsync(9, Token), [], Now, Token);

        await new PlanIntake(TestCatalog.Snapshot, (IPlans)ledger, (_, _) => ["T-01.03"]).TakeAsync(
            Header,
            ((RawRow[])[Row("T-01.01", "2026", "1")]).ToAsyncEnumerable(),
            null,
            dryRun: false,
            refused.Add,
            onTaken: null,
            Token
        );

        Assert.Single(await outbox.NextChangesAsync(9, Token));
    }

    private static ReportHeader Header => new("test", "plan", "plans.csv", Now, ReceivedAtStated: false, Now, "cli");

    private static RawRow Row(string measure, string period, string value) => Intake.Row(measure, period, value);

    private Task<ILedger> CreateAsync() => SqliteLedgers.CreateAsync(folder, "ledger.db");

    private Task<IntakeResult> TakeAsync(ILedger ledger, RawRow[] rows, NumberLocale? locale = null, bool dryRun = false) =>
        new PlanIntake(TestCatalog.Snapshot, (IPlans)ledger).TakeAsync(
            Header,
            rows.ToAsyncEnumerable(),
            locale,
            dryRun,
            refused.Add,
            onTaken: null,
            Token
        );

    private static async Task<List<StatedPlans>> PlansAsync(ILedger ledger)
    {
        var plans = new List<StatedPlans>();
        await foreach (var plan in ((IPlans)ledger).ReadPlansAsync(new PlanQuery(), Token))
            plans.Add(plan);
        return plans;
    }
}
