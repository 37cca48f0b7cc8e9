using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection.Plans;

/// <summary>Takes one report of plans, row by row, into the ledger: the good rows together, the bad ones refused one by one.</summary>
/// <remarks>
/// Taking the same report again records nothing new. A report that breaks off (<see cref="BrokenReportException"/>) leaves the ledger as it was.
/// </remarks>
/// <param name="furtherMeasures">Codes of other measures of the set that are compared with a measure's plan; null: none.</param>
public sealed class PlanIntake(
    CatalogSnapshot catalog,
    IPlans ledger,
    Func<IndicatorSet, string, IReadOnlyCollection<string>>? furtherMeasures = null
)
{
    /// <param name="header">Whose report it is; its set must be in the catalog.</param>
    /// <param name="rows">The rows as sent.</param>
    /// <param name="locale">How numbers in text are written, where that is declared.</param>
    /// <param name="dryRun">Check everything, keep nothing.</param>
    /// <param name="onRefused">Told of each refusal at once, in order.</param>
    /// <param name="onTaken">Told of each row that was recorded or repeats what is known, in order with the refused ones.</param>
    /// <exception cref="BrokenReportException">The report as a whole cannot be read.</exception>
    public async Task<IntakeResult> TakeAsync(
        ReportHeader header,
        IAsyncEnumerable<RawRow> rows,
        NumberLocale? locale,
        bool dryRun,
        Action<RefusedRow> onRefused,
        Action<RawRow, AppendOutcome>? onTaken,
        CancellationToken cancellationToken
    )
    {
        var set =
            catalog.FindSet(header.Set) ?? throw new ArgumentException($"The catalog has no set '{header.Set}'.", nameof(header));
        var door = new PlanDoor(catalog, set, header.ReceivedAt, locale);
        await using var report = await ledger.BeginPlansAsync(header, cancellationToken);
        var (read, refused, recorded, repeated) = (0, 0, 0, 0);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            read++;
            if (door.Read(row, out var refusals) is not { } plan)
            {
                refused++;
                foreach (var refusal in refusals)
                    onRefused(new(row, refusal));
                continue;
            }
            var further = furtherMeasures?.Invoke(set, plan.Key.Measure) ?? [];
            var outcome = await report.AppendAsync(plan.Key, plan.Version, further, cancellationToken);
            switch (outcome)
            {
                case AppendOutcome.Recorded or AppendOutcome.Contested:
                    recorded++;
                    onTaken?.Invoke(row, outcome);
                    break;
                case AppendOutcome.Repeated:
                    repeated++;
                    onTaken?.Invoke(row, outcome);
                    break;
                default:
                    refused++;
                    onRefused(new(row, Contradiction(row, plan)));
                    break;
            }
        }
        var receipt = dryRun
            ? new ReportReceipt(0, recorded, repeated, refused)
            : await report.CommitAsync(refused, cancellationToken);
        return new(read, receipt);
    }

    private static Refusal Contradiction(RawRow row, StatedPlan plan) =>
        new(
            row.Line,
            row.Value.Address,
            RefusalCode.Contradiction,
            $"value {Shown.Of(row.Value.Text)}: this report has already stated another plan of {plan.Key.Measure} for {plan.Version.Stated}"
        );
}
