using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources.Inbox;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>From CSV text to the ledger: parse, check, append revisions, mark, and the commit.</summary>
/// <param name="create">A new, migrated ledger.</param>
internal sealed class OurIntake(Func<Task<ILedger>> create) : IIntakeContender
{
    public static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    private ILedger? ledger;

    public async Task StartTurnAsync()
    {
        if (ledger is IAsyncDisposable before)
            await before.DisposeAsync();
        ledger = await create();
    }

    public async Task TakeAsync(int report)
    {
        var of = ledger ?? throw new InvalidOperationException("No turn was started.");
        var at = At.AddDays(report);
        var csv = new MemoryStream(IntakeData.Reports[report]);
        await using var file = await ReportFile.OpenAsync(csv, "bench.csv", NumberLocale.En, default);
        var intake = new ReportIntake(IntakeData.Catalog, of, Zone) { OnRecorded = (_, _) => { } }; // as in a worker
        var result = await intake.TakeAsync(
            new("bench", "bench", "bench.csv", at, ReceivedAtStated: false, at, "bench"),
            file.ReadAsync(default),
            file.Locale,
            dryRun: false,
            refused => throw new InvalidOperationException(refused.Refusal.Message),
            onProgress: null,
            default
        );
        if (result.Receipt.Recorded != IntakeData.Rows)
            throw new InvalidOperationException($"{result.Receipt.Recorded} rows were recorded.");
    }
}
