using System.Runtime.CompilerServices;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Brings rows to the ledger many at a time, reading and checking the next ones while it writes.</summary>
/// <remarks>
/// What is at hand is written as soon as the ledger is free, and all that was read meanwhile in one go after it: so a report that comes slowly is
/// written row by row, and one that comes fast in full batches. At most two batches are held.
/// </remarks>
internal sealed class RowGatherer(IReportTransaction report, Func<RawRow, GatheredRow> check)
{
    /// <summary>Rows of a full batch.</summary>
    public const int BatchSize = 2_000;

    private List<GatheredRow> gathered = [];
    private Task<AppendedRows>? writing;

    /// <summary>The rows in their order, each batch once it is written. Rows read before <paramref name="rows"/> fails are given before the failure.</summary>
    public async IAsyncEnumerable<AppendedRows> WriteAsync(
        IAsyncEnumerable<RawRow> rows,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reader = rows.GetAsyncEnumerator(stop.Token);
        var reading = new ReadAhead<RawRow>(reader);
        try
        {
            while (true)
            {
                reading.Start();
                while (!reading.IsCompleted)
                {
                    if (writing is null && gathered.Count > 0)
                        Begin(cancellationToken);
                    if (writing is null)
                        await reading.WaitAsync();
                    else if (await reading.IsFirstAsync(writing))
                        yield return await EndAsync();
                }
                if (reading.IsAtEnd)
                    break;
                gathered.Add(check(reader.Current));
                if (gathered.Count < BatchSize)
                    continue;
                if (writing is not null)
                    yield return await EndAsync();
                Begin(cancellationToken);
            }
            if (writing is not null)
                yield return await EndAsync();
            if (gathered.Count > 0)
            {
                Begin(cancellationToken);
                yield return await EndAsync();
            }
            reading.ThrowIfFailed();
        }
        finally
        {
            // Neither may go on after us: one uses the transaction, the other what the rows are read from.
            await stop.CancelAsync();
            if (writing is not null)
                await writing.ContinueWith(static _ => { }, TaskScheduler.Default);
            await reading.DisposeAsync();
        }
    }

    private void Begin(CancellationToken cancellationToken)
    {
        var batch = gathered;
        gathered = new(BatchSize);
        // On another thread, as a store in this process may never wait by itself.
        writing = Task.Run(() => AppendAsync(batch, cancellationToken), cancellationToken);
    }

    private async Task<AppendedRows> EndAsync()
    {
        var done = writing ?? throw new InvalidOperationException("Nothing is being written.");
        var appended = await done;
        writing = null;
        return appended;
    }

    private async Task<AppendedRows> AppendAsync(List<GatheredRow> batch, CancellationToken cancellationToken)
    {
        var figures = new List<ReportedFigure>(batch.Count);
        foreach (var row in batch)
        {
            if (row.Figure is { } figure)
                figures.Add(figure);
        }
        return new(batch, figures.Count > 0 ? await report.AppendAsync(figures, cancellationToken) : []);
    }
}
