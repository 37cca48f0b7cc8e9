using System.Globalization;
using CsvHelper;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Catalog;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Derivation.RealData;

/// <summary>Sets of tests/cases with a ledger of their own: reports go in at their door, figures come out as the export has them.</summary>
internal sealed class Case
{
    private readonly ILedger ledger;

    private Case(CatalogSnapshot catalog, ILedger ledger) => (Catalog, this.ledger) = (catalog, ledger);

    public CatalogSnapshot Catalog { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="ledger">The name of the ledger's file, so that one test can have several.</param>
    /// <param name="files">Below tests/cases, or absolute; the shipped provinces are there as well.</param>
    public static async Task<Case> OpenAsync(TempFolder folder, string ledger, params IEnumerable<string> files)
    {
        var reading = CatalogReader.Read([
            Path.Combine(Repository.Root, "seeds", "areas", "provinces.yaml"),
            .. files.Select(PathOf),
        ]);
        Assert.Empty(reading.Faults);
        return new(reading.Snapshot ?? throw new InvalidOperationException(), await SqliteLedgers.CreateAsync(folder, ledger));
    }

    public static string PathOf(string name) => Path.Combine(Repository.Root, "tests", "KpiMetrics.Tests", "cases", name);

    /// <summary>The rows of one of the shared tables, by column.</summary>
    public static List<Dictionary<string, string>> Read(string name)
    {
        using var csv = new CsvReader(
            new StreamReader(Repository.Shared($"data/vietnam/{name}.csv")),
            CultureInfo.InvariantCulture
        );
        return
        [
            .. csv.GetRecords<dynamic>()
                .Select(record =>
                    ((IDictionary<string, object>)record).ToDictionary(pair => pair.Key, pair => (string)pair.Value)
                ),
        ];
    }

    public static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A row as an adapter makes it: the number always has a point for the decimals.</summary>
    public static RawRow Row(
        string measure,
        string area,
        string period,
        string value,
        string subject = "",
        string vintage = ""
    ) =>
        new(1)
        {
            Indicator = Cell(measure[..measure.IndexOf('.', StringComparison.Ordinal)]),
            Measure = Cell(measure),
            Subject = Cell(subject),
            Area = Cell(area),
            Period = Cell(period),
            Value = new(value, CellKind.Number, ""),
            Vintage = Cell(vintage),
        };

    /// <summary>Takes one report, none of whose rows is refused.</summary>
    public async Task ReportAsync(string set, DateTimeOffset at, params IEnumerable<RawRow> rows)
    {
        var refused = new List<string>();
        await new ReportIntake(Catalog, ledger, TestCatalog.Zone).TakeAsync(
            new(set, "gso", "report", at, ReceivedAtStated: true, at, "test"),
            rows.ToAsyncEnumerable(),
            locale: null,
            dryRun: false,
            row => refused.Add(row.Refusal.ToString()),
            onProgress: null,
            Token
        );
        Assert.Empty(refused);
    }

    public Task<List<FigureRow>> ExportAsync(string set, string? measure = null, DateTimeOffset? asOf = null) =>
        ExportAsync(new FigureQuery(set, Measure: measure, AsOf: asOf));

    public async Task<List<FigureRow>> ExportAsync(FigureQuery query)
    {
        var rows = new List<FigureRow>();
        await foreach (var row in new DerivedFigures(Catalog, ledger).ReadAsync(query, null, null, Token))
            rows.Add(row);
        return rows;
    }

    /// <summary>The one figure of a measure, area (by identity) and period; null where nothing is known of it.</summary>
    public async Task<DerivedFigure?> FigureAsync(string set, string measure, string area, string period)
    {
        var at = Period.Parse(period);
        var rows = await ExportAsync(new FigureQuery(set, Measure: measure, Area: [area], Frequency: at.Frequency));
        return rows.SingleOrDefault(row => row.Derived.Figure.Period == at)?.Derived;
    }

    private static RawCell Cell(string text) => new(text, CellKind.Text, "");
}
