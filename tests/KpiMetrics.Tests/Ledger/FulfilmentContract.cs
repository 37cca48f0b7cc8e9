using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using static KpiMetrics.Tests.Obligations.DutyWorld;

namespace KpiMetrics.Tests.Ledger;

/// <summary>What a ledger says of an obligation follows from the statements alone, whatever it is kept in and in whatever order they came.</summary>
public abstract class FulfilmentContract
{
    private static readonly string[] Measures = ["LC-A01.01", "LC-A01.03"];
    private static readonly DateTimeOffset Start = At("2026-03-01");

    /// <summary>A new, empty, migrated ledger each time it is called.</summary>
    protected abstract Task<ILedger> CreateAsync();

    [Fact]
    public void Report_AnySequenceOfReports_AgreesWithAllStatementsTakenTogether()
    {
        var statement =
            from day in Gen.Choose(0, 4)
            from source in Gen.Elements("forms", "http")
            from subject in Gen.Elements("", "/lua")
            from measure in Gen.Elements(Measures)
            from value in Gen.OneOf(Gen.Choose(1, 2).Select(number => (decimal?)number), Gen.Constant((decimal?)null))
            from stated in Gen.Elements(true, false)
            select new Said(day, source, measure + subject, value, stated);
        Prop.ForAll(
                Gen.NonEmptyListOf(statement).Select(list => list.Take(12).ToArray()).ToArbitrary(),
                Gen.Choose(0, 12).ToArbitrary(),
                AgreesAsync
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(80));
    }

    /// <summary>Two papers of one instant, one of which withdraws: what the board shows is what is there, in whatever order they were entered.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Report_StatedAndWithdrawnForOneInstant_IsThereAsTheFigureIs(bool withdrawnFirst)
    {
        var ledger = new DutyLedger(await CreateAsync());
        await ledger.CreateAsync(
            Plan(CatalogOf(Monthly)).Of(Months, Period.Parse("2026-02"), Start).First() with
            {
                Needs = ["LC-A01.01"],
            }
        );
        decimal?[] said = withdrawnFirst ? [null, 5m] : [5m, null];

        foreach (var value in said)
            await ledger.ReportAsync("2026-03-01", Months, "2026-02", One.Id, [("LC-A01.01", value)], stated: true);

        var figures = new List<Figure>();
        await foreach (var series in ledger.Ledger.ReadAsync(new FigureQuery(Months.Set), TestContext.Current.CancellationToken))
            figures.AddRange(series.Figures(_ => 0));
        Assert.Equal(5m, Assert.Single(figures).Current.Value.Number);
        Assert.Empty((await ledger.OneAsync()).Lacks);
    }

    private async Task<bool> AgreesAsync(Said[] said, int created)
    {
        var ledger = new DutyLedger(await CreateAsync());
        var obligation = Plan(CatalogOf(Monthly)).Of(Months, Period.Parse("2026-02"), Start).First() with { Needs = Measures };
        var known = new List<(Said Said, DateTimeOffset At)>();
        for (var i = 0; i <= said.Length; i++)
        {
            if (i == Math.Min(created, said.Length))
                await ledger.CreateAsync(obligation);
            if (i == said.Length)
                break;
            // Papers are of the first five days, some of one day; our own clock runs on after them.
            var at = said[i].Stated ? Start.AddDays(said[i].Day) : Start.AddDays(20 + i);
            await ledger.ReportAsync(
                at.ToString("s", System.Globalization.CultureInfo.InvariantCulture),
                Months,
                "2026-02",
                One.Id,
                [(said[i].Measure, said[i].Value)],
                said[i].Stated,
                said[i].Source
            );
            known.Add((said[i], at));
        }
        var read = await ledger.OneAsync();
        var since = Measures.Select(measure => Since(known, measure)).ToList();
        var there = since.OfType<DateTimeOffset>().ToList();
        return read.Lacks.SequenceEqual(Measures.Where((_, i) => since[i] is null))
            && read.FirstAt == (there.Count > 0 ? there.Min() : null)
            && read.CompleteAt == (there.Count == Measures.Length ? there.Max() : null);
    }

    // The earliest first value among the series of the measure of which some source's latest statement is a value.
    private static DateTimeOffset? Since(List<(Said Said, DateTimeOffset At)> known, string measure)
    {
        var series =
            from one in known
            where one.Said.Measure.StartsWith(measure, StringComparison.Ordinal)
            group one by one.Said.Measure into ofSeries
            where
                ofSeries
                    .GroupBy(one => one.Said.Source)
                    .Any(ofSource => ofSource.Any(one => one.At == ofSource.Max(other => other.At) && one.Said.Value is not null))
            select ofSeries.Where(one => one.Said.Value is not null).Min(one => (DateTimeOffset?)one.At);
        return series.Min();
    }

    private sealed record Said(int Day, string Source, string Measure, decimal? Value, bool Stated);
}
