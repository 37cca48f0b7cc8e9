using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;

namespace KpiMetrics.Tests.Collection;

/// <summary>A new ledger and the reports given to it; what was refused is kept in order.</summary>
internal sealed class Intake(ILedger ledger, CatalogSnapshot catalog)
{
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 14, 0, 0, TimeSpan.FromHours(7));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ILedger Ledger => ledger;

    public List<RefusedRow> Refused { get; } = [];

    public IEnumerable<(RefusalCode Code, string Message)> Refusals =>
        Refused.Select(refused => (refused.Refusal.Code, refused.Refusal.Message));

    public static async Task<Intake> CreateAsync(TempFolder folder, CatalogSnapshot? catalog = null, string name = "ledger.db") =>
        new(await SqliteLedgers.CreateAsync(folder, name), catalog ?? TestCatalog.Snapshot);

    public static RawRow Row(string measure = "T-01.01", string period = "2026-10", string value = "1", int line = 2) =>
        new(line)
        {
            Indicator = Text("T-01"),
            Measure = Text(measure),
            Area = Text("24"),
            Period = Text(period),
            Value = Text(value),
        };

    public static RawCell Number(string digits) => new(digits, CellKind.Number, "");

    public static RawCell Text(string text) => new(text, CellKind.Text, "");

    public Task<IntakeResult> TakeAsync(params IEnumerable<RawRow> rows) => TakeAsync(rows.ToAsyncEnumerable());

    public Task<IntakeResult> TakeAsync(
        IAsyncEnumerable<RawRow> rows,
        NumberLocale? locale = null,
        bool dryRun = false,
        string set = "test",
        string? agency = null,
        CancellationToken? cancellationToken = null
    ) =>
        new ReportIntake(catalog, ledger, TestCatalog.Zone).TakeAsync(
            new(set, "inbox", "thang-10.csv", Now, ReceivedAtStated: false, Now, "worker", Agency: agency),
            rows,
            locale,
            dryRun,
            Refused.Add,
            onProgress: null,
            cancellationToken ?? Token
        );

    /// <summary><c>measure/subject period=value status vintage note</c> of every figure.</summary>
    public async Task<List<string>> FiguresAsync()
    {
        var figures = new List<string>();
        await foreach (var series in ledger.ReadAsync(new(), Token))
        {
            foreach (var figure in series.Figures(_ => 0))
            {
                var (key, current) = (series.Key, figure.Current);
                figures.Add(
                    $"{key.Measure}/{key.Subject} {figure.Period}={current.Value} {current.Status} {current.Vintage.Name()} {current.Note}".Trim()
                );
            }
        }
        return figures;
    }
}
