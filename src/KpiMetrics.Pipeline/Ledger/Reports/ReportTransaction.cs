using System.Text.Json;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger.Sql;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>One report as one transaction of a store. What its statements mean is decided here; a store only reads and writes, many rows at a time.</summary>
/// <remarks>Nobody else may write statements of the same set, source and circle until it ends.</remarks>
internal abstract class ReportTransaction(ReportHeader header) : IReportTransaction
{
    private readonly ReportSoFar soFar = new();

    protected ReportHeader Header => header;

    /// <summary>The number of the report, given when it began (<see cref="EnsureBegunAsync"/>).</summary>
    protected abstract long ReportId { get; }

    public async Task<IReadOnlyList<AppendOutcome>> AppendAsync(
        IReadOnlyList<ReportedFigure> figures,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (soFar.WithoutNumber(figures) is { Count: > 0 } unknown)
        {
            var numbers = await NumberAsync(unknown, cancellationToken);
            for (var i = 0; i < unknown.Count; i++)
                soFar.Add(unknown[i], numbers[i].Id, numbers[i].IsNew);
        }
        var outcomes = new AppendOutcome[figures.Count];
        var statements = soFar.Take(figures, outcomes);
        var known = await LoadAsync(statements, cancellationToken);
        await EnsureBegunAsync(cancellationToken);
        var writes = Weigh(statements, known, outcomes);
        await WriteAsync(writes, cancellationToken);
        return outcomes;
    }

    public EarlierStatement FindStated(SeriesKey series, Period period, Vintage vintage) =>
        soFar.Find(series, period, vintage)
        ?? throw new InvalidOperationException($"This report has not stated {series.Measure}, {period}.");

    public async Task<ReportReceipt> CommitAsync(int refused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await EnsureBegunAsync(cancellationToken);
        var receipt = new ReportReceipt(ReportId, soFar.Recorded, soFar.Repeated, refused);
        await KeepAsync(receipt, Details(receipt), cancellationToken);
        if (header.Push is { } push)
            await KeepAsync(push, push.Answer(receipt), cancellationToken);
        await FulfilAsync([.. soFar.Reported], cancellationToken);
        await CommitAsync(cancellationToken);
        return receipt;
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Lets a store begin with the first that it is asked for. Where that was nothing until now, it begins here.</summary>
    protected virtual Task EnsureBegunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The numbers of series, in their order; those that the store does not know are added.</summary>
    protected abstract Task<IReadOnlyList<(int Id, bool IsNew)>> NumberAsync(
        IReadOnlyList<SeriesKey> series,
        CancellationToken cancellationToken
    );

    /// <summary>What the store has of the figures from this report's source.</summary>
    /// <param name="keys">In order, each once.</param>
    protected abstract Task<IReadOnlyDictionary<FigureKey, KnownFigure>> LoadAsync(
        IReadOnlyList<FigureKey> keys,
        CancellationToken cancellationToken
    );

    protected abstract Task WriteAsync(ReportWrites writes, CancellationToken cancellationToken);

    /// <summary>Writes the row of the report, the row of the audit trail, and the file that is taken.</summary>
    /// <param name="details">For the audit row, as JSON.</param>
    protected abstract Task KeepAsync(ReportReceipt receipt, string details, CancellationToken cancellationToken);

    /// <summary>Keeps what a push is answered.</summary>
    /// <exception cref="PushTakenException">Its key was taken meanwhile; a store may say so only at <see cref="CommitAsync(CancellationToken)"/>.</exception>
    protected abstract Task KeepAsync(PushedReport push, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken);

    /// <summary>Works out anew what became of obligations.</summary>
    protected abstract Task FulfilAsync(
        IReadOnlyCollection<(Duty Duty, int Period, string Area)> reported,
        CancellationToken cancellationToken
    );

    protected abstract Task CommitAsync(CancellationToken cancellationToken);

    protected static PushTakenException Taken(PushedReport push) =>
        new($"The push '{push.Key.Key}' of token {push.Key.TokenId} was taken meanwhile.");

    private Task<IReadOnlyDictionary<FigureKey, KnownFigure>> LoadAsync(
        List<FirstStatement> statements,
        CancellationToken cancellationToken
    )
    {
        var keys = statements.Where(statement => !statement.Series.IsNew).Select(statement => statement.Key).ToList();
        return keys.Count > 0
            ? LoadAsync(keys, cancellationToken)
            : Task.FromResult<IReadOnlyDictionary<FigureKey, KnownFigure>>(new Dictionary<FigureKey, KnownFigure>());
    }

    private ReportWrites Weigh(
        List<FirstStatement> statements,
        IReadOnlyDictionary<FigureKey, KnownFigure> known,
        AppendOutcome[] outcomes
    )
    {
        var report = new ReportMoment(header.ReceivedAt.ToUnixTimeMilliseconds(), header.ReceivedAtStated, ReportId);
        var writes = new ReportWrites();
        foreach (var statement in statements)
        {
            var verdict = StatementRule.Weigh(known.GetValueOrDefault(statement.Key), report, statement.Content);
            writes.Add(statement.Key, report, verdict, statement.Content);
            outcomes[statement.Place] = verdict.Outcome;
            soFar.Count(statement, verdict.Outcome);
        }
        return writes;
    }

    private string Details(ReportReceipt receipt) =>
        JsonSerializer.Serialize(
            new
            {
                set = header.Set,
                source = header.Source,
                name = header.Name,
                report = receipt.ReportId,
                recorded = receipt.Recorded,
                repeated = receipt.Repeated,
                refused = receipt.Refused,
            },
            LedgerJson.Options
        );
}
