using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;
using KpiMetrics.Pipeline.Sources.Push;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Takes what offices push: the good rows, their answer and its key become durable together or not at all.</summary>
/// <remarks>Of one office into one set one push at a time is written, the others wait; who may send what was decided before.</remarks>
public sealed class PushCollection(ReportIntake intake) : IDisposable
{
    /// <summary>The name of the source in the ledger.</summary>
    public const string Source = "push";

    // Some ten thousand rows.
    private const long LargeBytes = 1024 * 1024;

    private readonly PushLanes lanes = new();
    private readonly DistinctInstants instants = new();

    /// <param name="body">The rows, unpacked; read once.</param>
    /// <exception cref="BrokenReportException">The body as a whole cannot be read; nothing is kept.</exception>
    /// <exception cref="ForeignPushException">An office sent nothing of its own; nothing is kept.</exception>
    /// <exception cref="PushTakenException">Another process took the same push meanwhile.</exception>
    public async Task<PushResult> TakeAsync(
        PushRequest request,
        Stream body,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        using var answer = new PushAnswer();
        ReadOnlyMemory<byte> packed = default;
        await using var csv = request.IsCsv
            ? await ReportFile.OpenAsync(body, "body.csv", request.Locale, cancellationToken)
            : null;
        var rows = csv?.ReadAsync(cancellationToken) ?? PushRows.ReadAsync(body, cancellationToken);
        using var turn = await lanes.TakeAsync(
            request.Set,
            request.Agency ?? "",
            isLarge: !body.CanSeek || body.Length > LargeBytes,
            cancellationToken
        );
        var instant = instants.Next(at);
        var header = new ReportHeader(
            request.Set,
            Source,
            request.Key.Key,
            instant,
            ReceivedAtStated: false,
            instant,
            request.Actor,
            Agency: request.Agency,
            Push: new(request.Key, request.BodyHash, Complete)
        );
        var result = await intake.TakeAsync(
            header,
            rows,
            csv?.Locale ?? request.Locale,
            request.DryRun,
            answer.Refused,
            answer.Taken,
            onProgress: null,
            cancellationToken
        );
        return new(result, request.DryRun ? Complete(result.Receipt) : packed);

        ReadOnlyMemory<byte> Complete(ReportReceipt receipt)
        {
            packed = answer.Complete(receipt);
            if (request.IsOffice && answer.Foreign is { Count: > 0 } faults)
                throw new ForeignPushException(
                    Invariant($"None of the {receipt.Refused} rows is for {request.Agency} to report; nothing was taken."),
                    faults
                );
            return packed;
        }
    }

    public void Dispose() => lanes.Dispose();
}
