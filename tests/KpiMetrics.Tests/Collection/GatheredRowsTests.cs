using System.Runtime.CompilerServices;
using KpiMetrics.Pipeline.Collection;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Tests.Ledger;
using KpiMetrics.Tests.Support;
using static KpiMetrics.Tests.Collection.Intake;

namespace KpiMetrics.Tests.Collection;

/// <summary>Rows go to the ledger many at a time; nobody outside is to notice.</summary>
public sealed class GatheredRowsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Take_MoreRowsThanABatch_AnswersInTheirOrder()
    {
        var (intake, answers) = await CreateAsync();
        var rows = Enumerable.Range(0, RowGatherer.BatchSize * 2 + 7).Select(Any).ToList();

        var result = await intake.TakeAsync(rows.ToAsyncEnumerable());

        Assert.Equal(rows.Select(row => row.Line), answers.Lines);
        Assert.Equal(rows.Count, result.Rows);
        Assert.Equal(result.Receipt.Recorded + result.Receipt.Repeated + result.Receipt.Refused, rows.Count);
        Assert.Equal((24, 2 * RowGatherer.BatchSize + 7 - 24), (result.Receipt.Recorded, answers.Others));
    }

    /// <summary>A contradiction names the line of an earlier batch.</summary>
    [Fact]
    public async Task Take_ContradictionOfAnEarlierBatch_NamesItsLine()
    {
        var (intake, answers) = await CreateAsync();
        var rows = Enumerable
            .Range(0, RowGatherer.BatchSize * 2)
            .Select(Any)
            .Append(Row(period: "2025-01", value: "77", line: 90_000));

        await intake.TakeAsync(rows.ToAsyncEnumerable());

        Assert.StartsWith("value '77': line 1000 of this report says 1", answers.Refused[^1], StringComparison.Ordinal);
    }

    /// <summary>Each row is sent only once the one before it is answered: gathering must not wait for more.</summary>
    [Fact]
    public async Task Take_RowsThatComeSlowly_AreAnsweredOneByOne()
    {
        var (intake, answers) = await CreateAsync();
        RawRow[] rows = [.. Enumerable.Range(0, 6).Select(Any)];

        var result = await intake.TakeAsync(Slowly(rows, answers)).WaitAsync(Patience, Token);

        Assert.Equal(6, result.Rows);
        Assert.Equal(rows.Select(row => row.Line), answers.Lines);
    }

    [Fact]
    public async Task Take_ReportThatBreaksOff_AnswersWhatCameBefore()
    {
        var (intake, answers) = await CreateAsync();

        await Assert.ThrowsAsync<BrokenReportException>(() => intake.TakeAsync(BreakingOff(Any(0), Any(3))));

        Assert.Equal([1000, 1003], answers.Lines);
    }

    /// <summary>The ledger fails while the next row is awaited: the reader is told to stop, and the fault is the ledger's.</summary>
    [Fact]
    public async Task Take_AnswerThatThrowsWhileARowIsAwaited_EndsTheReading()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var stopped = new TaskCompletionSource();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Take(ledger, Endless(stopped, Token), (_, _) => throw new InvalidOperationException("full"))
                .WaitAsync(Patience, Token)
        );

        Assert.Equal("full", fault.Message);
        Assert.True(stopped.Task.IsCompleted);
    }

    // Every fourth row is refused; the others repeat 24 figures again and again.
    private static RawRow Any(int number) =>
        Row(
            measure: number % 4 == 3 ? "T-01.99" : $"T-01.0{number % 2 + 1}",
            period: $"2025-{number / 4 % 12 + 1:00}",
            line: 1000 + number
        );

    private static async IAsyncEnumerable<RawRow> Slowly(RawRow[] rows, Answers answers)
    {
        foreach (var row in rows)
        {
            yield return row;
            await answers.Of(row);
        }
    }

    private static async IAsyncEnumerable<RawRow> BreakingOff(params RawRow[] rows)
    {
        foreach (var row in rows)
            yield return row;
        await Task.Yield();
        throw new BrokenReportException("ends in the middle of a row");
    }

    private static async IAsyncEnumerable<RawRow> Endless(
        TaskCompletionSource stopped,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        yield return Any(0);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            stopped.SetResult();
        }
    }

    private async Task<(Taking Intake, Answers Answers)> CreateAsync()
    {
        var ledger = await SqliteLedgers.CreateAsync(folder, "ledger.db");
        var answers = new Answers();
        return (new(ledger, answers), answers);
    }

    private static Task<IntakeResult> Take(ILedger ledger, IAsyncEnumerable<RawRow> rows, Action<RawRow, AppendOutcome> taken) =>
        Take(ledger, rows, _ => { }, taken);

    private static Task<IntakeResult> Take(
        ILedger ledger,
        IAsyncEnumerable<RawRow> rows,
        Action<RefusedRow> refused,
        Action<RawRow, AppendOutcome> taken
    ) =>
        new ReportIntake(TestCatalog.Snapshot, ledger, TestCatalog.Zone).TakeAsync(
            new("test", "inbox", "slow.csv", Now, ReceivedAtStated: false, Now, "worker"),
            rows,
            locale: null,
            dryRun: false,
            refused,
            taken,
            onProgress: null,
            Token
        );

    private sealed class Taking(ILedger ledger, Answers answers)
    {
        public Task<IntakeResult> TakeAsync(IAsyncEnumerable<RawRow> rows) => Take(ledger, rows, answers.Refuse, answers.Take);
    }

    private sealed class Answers
    {
        private readonly Dictionary<int, TaskCompletionSource> waiting = [];

        public List<int> Lines { get; } = [];

        public List<string> Refused { get; } = [];

        /// <summary>How many were not recorded.</summary>
        public int Others { get; private set; }

        public Task Of(RawRow row) => SourceOf(row.Line).Task;

        public void Refuse(RefusedRow refused)
        {
            Refused.Add(refused.Refusal.Message);
            Others++;
            Answer(refused.Row.Line);
        }

        public void Take(RawRow row, AppendOutcome outcome)
        {
            if (outcome != AppendOutcome.Recorded)
                Others++;
            Answer(row.Line);
        }

        private void Answer(int line)
        {
            Lines.Add(line);
            SourceOf(line).SetResult();
        }

        private TaskCompletionSource SourceOf(int line)
        {
            lock (waiting)
            {
                if (!waiting.TryGetValue(line, out var source))
                    waiting.Add(line, source = new(TaskCreationOptions.RunContinuationsAsynchronously));
                return source;
            }
        }
    }
}
