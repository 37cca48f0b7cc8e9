using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Takes one report, row by row, into the ledger: the good rows together, the bad ones refused one by one.</summary>
/// <remarks>
/// Rows are streamed; what grows with the report is a few words a row, to see it contradict itself. Taking the same report again
/// records nothing new. A report that breaks off (<see cref="BrokenReportException"/>) leaves the ledger as it was.
/// </remarks>
public sealed class ReportIntake(CatalogSnapshot catalog, ILedger ledger, TimeZoneInfo zone)
{
    /// <summary>
    /// Told of a source, once its report is durable, and of the series it brought something new of, each with the first such period. A hint: a process may end
    /// before. Null: nobody asks.
    /// </summary>
    public Action<string, IReadOnlyDictionary<SeriesKey, Period>>? OnRecorded { get; set; }

    /// <param name="header">Whose report it is; its set must be in the catalog.</param>
    /// <param name="rows">The rows as sent.</param>
    /// <param name="locale">How numbers in text are written, where that is declared.</param>
    /// <param name="dryRun">Check everything, keep nothing.</param>
    /// <param name="onRefused">Told of each refusal at once, in order.</param>
    /// <param name="onProgress">Told now and then how many rows were read.</param>
    /// <exception cref="BrokenReportException">The report as a whole cannot be read.</exception>
    public Task<IntakeResult> TakeAsync(
        ReportHeader header,
        IAsyncEnumerable<RawRow> rows,
        NumberLocale? locale,
        bool dryRun,
        Action<RefusedRow> onRefused,
        Action<int>? onProgress,
        CancellationToken cancellationToken
    ) => TakeAsync(header, rows, locale, dryRun, onRefused, onTaken: null, onProgress, cancellationToken);

    /// <inheritdoc cref="TakeAsync(ReportHeader, IAsyncEnumerable{RawRow}, NumberLocale?, bool, Action{RefusedRow}, Action{int}?, CancellationToken)"/>
    /// <param name="onTaken">Told of each row that was recorded or repeats what is known, in order with the refused ones.</param>
    public async Task<IntakeResult> TakeAsync(
        ReportHeader header,
        IAsyncEnumerable<RawRow> rows,
        NumberLocale? locale,
        bool dryRun,
        Action<RefusedRow> onRefused,
        Action<RawRow, AppendOutcome>? onTaken,
        Action<int>? onProgress,
        CancellationToken cancellationToken
    )
    {
        var set =
            catalog.FindSet(header.Set) ?? throw new ArgumentException($"The catalog has no set '{header.Set}'.", nameof(header));
        var door = new RowDoor(catalog, set, zone, header.ReceivedAt, locale, header.Agency);
        var circle = header.Agency is { } office ? AgencyDoor.CircleOf(set, office) : null;
        await using var report = await ledger.BeginAsync(header with { Circle = circle }, cancellationToken);
        var (read, refused, recorded, repeated) = (0, 0, 0, 0);
        var lines = new List<int>();
        var touched = OnRecorded is null || dryRun ? null : new TouchedPeriods();
        var gatherer = new RowGatherer(report, Check);
        await foreach (var (batch, outcomes) in gatherer.WriteAsync(rows, cancellationToken))
        {
            var place = 0;
            foreach (var (row, figure, refusals) in batch)
            {
                if (figure is null)
                {
                    refused++;
                    foreach (var refusal in refusals)
                        onRefused(new(row, refusal));
                    continue;
                }
                lines.Add(row.Line);
                var outcome = outcomes[place++];
                switch (outcome)
                {
                    case AppendOutcome.Recorded or AppendOutcome.Contested:
                        recorded++;
                        touched?.Add(figure.Series, figure.Period);
                        onTaken?.Invoke(row, outcome);
                        break;
                    case AppendOutcome.Repeated:
                        repeated++;
                        onTaken?.Invoke(row, outcome);
                        break;
                    default:
                        refused++;
                        var earlier = report.FindStated(figure.Series, figure.Period, figure.Vintage);
                        onRefused(new(row, Contradiction.Of(row, figure, earlier, lines[earlier.Place])));
                        break;
                }
            }
        }
        var receipt = dryRun
            ? new ReportReceipt(0, recorded, repeated, refused)
            : await report.CommitAsync(refused, cancellationToken);
        if (touched?.First is { Count: > 0 } first)
            OnRecorded?.Invoke(header.Source, first);
        return new(read, receipt);

        GatheredRow Check(RawRow row)
        {
            read++;
            if (read % ProgressEvery == 0)
                onProgress?.Invoke(read);
            return new(row, door.Read(row, out var refusals), refusals);
        }
    }

    public const int ProgressEvery = 10_000;
}
