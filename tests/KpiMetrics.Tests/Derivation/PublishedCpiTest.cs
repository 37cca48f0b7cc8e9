using System.Globalization;
using CsvHelper;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation;

/// <summary>
/// The whole way from report to derivation on the consumer prices of the General Statistics Office, 2015 to 2021: what we compute
/// from its indexes against what it published (previous = 100).
/// </summary>
public sealed class PublishedCpiTest : IDisposable
{
    private const decimal Tolerance = 0.02m;
    private const double MustAgree = 0.995;

    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task MonthOnMonth_FromTheIndexes_AgreesWithThePublishedOne() =>
        await AgreesAsync("mom", figure => figure.Pop, atLeast: 1300);

    [Fact]
    public async Task YearOnYear_FromTheIndexes_AgreesWithThePublishedOne() =>
        await AgreesAsync("yoy", figure => figure.Yoy, atLeast: 800);

    [Fact]
    public async Task Derive_AcrossABaseYearOrAGap_GivesNoFigureAndSaysWhich()
    {
        var published = Read();
        var figures = await DeriveAsync(published);
        var (acrossBases, gaps) = (0, 0);
        foreach (var ((item, period), figure) in figures)
        {
            foreach (
                var (derived, other) in ((Derived, Period?)[])[(figure.Pop, period.Previous), (figure.Yoy, period.YearEarlier)]
            )
            {
                var counterpart = other is { } before ? published.GetValueOrDefault((item, before)) : null;
                if (counterpart is null)
                {
                    gaps++;
                    Assert.Equal((Absence.NoFigure, $"no figure for {other}"), (derived.Absence, derived.Why));
                }
                else if (counterpart["base_year"] != published[(item, period)]["base_year"])
                {
                    acrossBases++;
                    Assert.Equal(Absence.BaseYearDiffers, derived.Absence);
                }
                else
                    Assert.NotNull(derived.Value);
            }
        }
        Assert.InRange(acrossBases, 100, 1000);
        Assert.InRange(gaps, 100, 1000);
    }

    private async Task AgreesAsync(string column, Func<DerivedFigure, Derived> choose, int atLeast)
    {
        var published = Read();
        var figures = await DeriveAsync(published);
        var differences = figures
            .Where(entry => choose(entry.Value).Value is not null && published[entry.Key][column].Length > 0)
            .Select(entry => Math.Abs(100m + choose(entry.Value).Value!.Value - Number(published[entry.Key][column]))) // has a value
            .ToList();
        var agreeing = differences.Count(difference => difference <= Tolerance);

        Assert.True(differences.Count >= atLeast, $"only {differences.Count} comparisons");
        Assert.True(agreeing >= MustAgree * differences.Count, $"{agreeing} of {differences.Count} agree within {Tolerance}");
        TestContext.Current.SendDiagnosticMessage($"{column}: {agreeing} of {differences.Count} agree within {Tolerance}");
    }

    private async Task<Dictionary<(string Item, Period Period), DerivedFigure>> DeriveAsync(
        Dictionary<(string Item, Period Period), Dictionary<string, string>> published
    )
    {
        var reading = CatalogReader.Read(
            Path.Combine(Repository.Root, "seeds", "areas", "provinces.yaml"),
            Path.Combine(Repository.Root, "tests", "KpiMetrics.Tests", "cases", "cpi", "cpi.yaml")
        );
        Assert.Empty(reading.Faults);
        var catalog = reading.Snapshot!; // there are no faults
        var ledger = await SqliteLedgers.CreateAsync(folder, "cpi.db");
        var at = new DateTimeOffset(2022, 1, 5, 0, 0, 0, TimeSpan.Zero);
        var refused = new List<RefusedRow>();
        var result = await new ReportIntake(catalog, ledger, TestCatalog.Zone).TakeAsync(
            new("cpi", "gso", "vn_gso_cpi.csv", at, ReceivedAtStated: false, at, "test"),
            Rows(published).ToAsyncEnumerable(),
            locale: null,
            dryRun: false,
            refused.Add,
            onProgress: null,
            Token
        );
        Assert.Empty(refused);
        Assert.Equal(published.Count, result.Receipt.Recorded);
        var figures = new Dictionary<(string, Period), DerivedFigure>();
        await foreach (var row in new DerivedFigures(catalog, ledger).ReadAsync(new FigureQuery("cpi"), null, null, Token))
            figures.Add((row.Series.Subject, row.Derived.Figure.Period), row.Derived);
        Assert.Equal(published.Count, figures.Count);
        return figures;
    }

    /// <summary>The adapter: the published table as rows of a report. Its numbers always have a point for the decimals.</summary>
    private static IEnumerable<RawRow> Rows(Dictionary<(string Item, Period Period), Dictionary<string, string>> published) =>
        published.Select(
            (entry, at) =>
                new RawRow(at + 2)
                {
                    Indicator = Cell("CPI-01"),
                    Measure = Cell("CPI-01.01"),
                    Subject = Cell(entry.Key.Item),
                    Area = Cell("VN"),
                    Period = Cell(entry.Key.Period.ToString()),
                    Value = new(entry.Value["idx"], CellKind.Number, ""),
                }
        );

    private static RawCell Cell(string text) => new(text, CellKind.Text, "");

    private static Dictionary<(string Item, Period Period), Dictionary<string, string>> Read()
    {
        using var csv = new CsvReader(
            new StreamReader(Repository.Shared("data/vietnam/vn_gso_cpi.csv")),
            CultureInfo.InvariantCulture
        );
        return csv.GetRecords<dynamic>()
            .Select(record => ((IDictionary<string, object>)record).ToDictionary(pair => pair.Key, pair => (string)pair.Value))
            .Where(row => row["idx"].Length > 0)
            .ToDictionary(row => (row["item_code"].ToLowerInvariant(), Period.Parse(row["period"])));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
