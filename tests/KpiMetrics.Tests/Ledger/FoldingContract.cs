using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Ledger;

/// <summary>A day stands, whatever the ledger is kept in, when each of its hours does.</summary>
public abstract class FoldingContract
{
    private static readonly (string, decimal?)[] Both = [("LC-C01.01", 1m), ("LC-C01.02", 2m)];

    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public async Task Report_AllHoursOfADay_FulfilTheDayWithTheLastOfThem()
    {
        var (ledger, hours) = await StormAsync(begins: 0);

        await ReportAsync(ledger, hours.Take(23));
        Assert.Equal(2, (await DayAsync(ledger)).Lacks.Count);
        await ReportAsync(ledger, hours.Skip(23));

        var day = await DayAsync(ledger);
        Assert.Empty(day.Lacks);
        Assert.Equal((At("2026-02-03T00:05"), At("2026-02-03T00:05")), (day.FirstAt ?? default, day.CompleteAt ?? default));
    }

    [Fact]
    public async Task Report_AnHourWithdrawn_OpensItsDayAgain()
    {
        var (ledger, hours) = await StormAsync(begins: 0);
        await ReportAsync(ledger, hours);

        await ledger.ReportAsync("2026-02-04", Hours, "2026-02-02T05", One.Id, [("LC-C01.02", null)]);

        Assert.Null((await DayAsync(ledger)).CompleteAt);
    }

    [Fact]
    public async Task Report_ADayFrom19_IsMadeOfItsOwn24Hours()
    {
        var (ledger, hours) = await StormAsync(begins: 19);

        Assert.Equal(("2026-02-01T19", "2026-02-02T18"), ($"{hours[0]}", $"{hours[^1]}"));
        await ReportAsync(ledger, hours.Skip(1));
        Assert.Null((await DayAsync(ledger)).CompleteAt);
        await ReportAsync(ledger, hours.Take(1));

        Assert.Equal(At("2026-02-02T19:05"), (await DayAsync(ledger)).CompleteAt);
    }

    [Fact]
    public async Task Report_TheDayItselfBeforeItsHours_CountsFromThen()
    {
        var (ledger, hours) = await StormAsync(begins: 0);
        await ReportAsync(ledger, hours.Take(23));
        await ledger.ReportAsync("2026-02-02T23:30", Days, "2026-02-02", One.Id, Both);
        await ReportAsync(ledger, hours.Skip(23));

        Assert.Equal(At("2026-02-02T23:30"), (await DayAsync(ledger)).CompleteAt);
    }

    [Fact]
    public async Task Report_HoursOfAnotherCommune_DoNotFold()
    {
        var (ledger, hours) = await StormAsync(begins: 0);
        foreach (var hour in hours)
            await ledger.ReportAsync("2026-02-03", Hours, $"{hour}", Two.Id, Both);

        Assert.Null((await DayAsync(ledger)).FirstAt);
    }

    [Fact]
    public async Task Create_HoursAfterTheirFigures_FoldIntoTheDay()
    {
        var ledger = new DutyLedger(await CreateAsync());
        var plan = Plan(CatalogOf(Hourly));
        await ledger.CreateAsync([.. plan.Of(Days, Period.Parse("2026-02-02"), At("2026-01-01")).Where(IsOne)]);
        await ReportAsync(ledger, Period.Parse("2026-02-02").Parts(Frequency.Hour));

        var storm = Emergency("2026-02-02", "2026-02-03", One);
        await ledger.CreateAsync([.. plan.InEmergency(Hours, storm, null, At("2026-03-01"), At("2026-03-01"))]);

        Assert.Equal(At("2026-02-03T00:05"), (await DayAsync(ledger)).CompleteAt);
    }

    private static bool IsOne(Obligation obligation) => obligation.Area == One.Id;

    private static async Task ReportAsync(DutyLedger ledger, IEnumerable<Period> hours)
    {
        foreach (var hour in hours)
        {
            var at = hour.End.AddMinutes(5).ToString("s", System.Globalization.CultureInfo.InvariantCulture);
            await ledger.ReportAsync(at, Hours, $"{hour}", One.Id, Both);
        }
    }

    private static async Task<Obligation> DayAsync(DutyLedger ledger) =>
        Assert.Single(await ledger.AllAsync(new(Frequency: Frequency.Day)));

    private async Task<(DutyLedger Ledger, List<Period> Hours)> StormAsync(int begins)
    {
        var ledger = new DutyLedger(await CreateAsync());
        var own = Hourly with { Regime = [new(new(2026, 1, 1), WindowRule.Calendar, null, null, new TimeOnly(begins, 0))] };
        var plan = Plan(CatalogOf(own));
        var storm = Emergency("2026-02-01", "2026-02-04", One);
        var made = At("2026-01-01");
        await ledger.CreateAsync([.. plan.InEmergency(Hours, storm, null, At("2026-03-01"), made)]);
        await ledger.CreateAsync([.. plan.Of(Days, Period.Parse("2026-02-02"), made).Where(IsOne)]);
        var hours = await ledger.AllAsync(new(Frequency: Frequency.Hour));
        Assert.Equal(72, hours.Count);
        return (ledger, [.. hours.Where(hour => hour.Whole == Period.Parse("2026-02-02")).Select(hour => hour.Period)]);
    }
}
