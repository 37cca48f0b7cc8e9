using System.Runtime.CompilerServices;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Takes the files that offices drop into a set's folder: into the ledger, then into the archive, refused rows beside them.</summary>
/// <remarks>
/// The ledger commits before the file moves, and knows the file until it has moved. Killed in between, the next visit only writes
/// the refused rows again and moves the file: taking it anew would make an old statement the newest. A file that cannot be read is
/// set aside with the reason and keeps no other from being taken. For one caller at a time.
/// </remarks>
/// <param name="zone">By whose clock the archive is kept.</param>
/// <param name="settle">How long a file must have lain still, so that one being copied is not read half.</param>
/// <param name="locale">How numbers in text are written where a file does not say.</param>
public sealed class InboxCollection(
    string set,
    InboxFolder folder,
    ReportIntake intake,
    ITakenFiles takenFiles,
    TimeZoneInfo zone,
    TimeSpan settle,
    NumberLocale? locale
)
{
    /// <summary>The name of the source in the ledger.</summary>
    public const string Source = "inbox";

    private DateTimeOffset _lastTaken = DateTimeOffset.MinValue;

    public string Set => set;

    /// <summary>Takes every file that lies ready, in the order they were written, and says of each how it went.</summary>
    public async IAsyncEnumerable<CollectionOutcome> RunAsync(
        DateTimeOffset at,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var files = folder.FindFiles(settle, at);
        var taken = (await takenFiles.ReadTakenFilesAsync(set, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var identity = InboxFolder.IdentityOf(file);
            yield return await TakeAsync(file, identity, NextInstant(at), isTaken: taken.Remove(identity), cancellationToken);
        }
        foreach (var archived in taken)
            await takenFiles.ForgetTakenFileAsync(set, archived, cancellationToken);
    }

    // No two files share an instant (the ledger keeps milliseconds): of two figures received at once, neither would be the correction.
    private DateTimeOffset NextInstant(DateTimeOffset at)
    {
        var next = _lastTaken.AddMilliseconds(1);
        _lastTaken = at > next ? at : next;
        return _lastTaken;
    }

    private async Task<CollectionOutcome> TakeAsync(
        string path,
        string identity,
        DateTimeOffset at,
        bool isTaken,
        CancellationToken cancellationToken
    )
    {
        var name = Path.GetFileName(path);
        var local = TimeZoneInfo.ConvertTime(at, zone);
        try
        {
            using var refusals = folder.BeginRefusals(path, local);
            var header = new ReportHeader(set, Source, name, at, ReceivedAtStated: false, at, "worker", identity);
            var result = await ReadAsync(path, header, isTaken, refusals.Add, cancellationToken);
            refusals.Complete();
            folder.Archive(path, local);
            await takenFiles.ForgetTakenFileAsync(set, identity, cancellationToken);
            return new(Source, name, result, null);
        }
        catch (BrokenReportException fault)
        {
            folder.SetAside(path, local, fault.Message);
            return new(Source, name, null, fault.Message);
        }
    }

    private async Task<IntakeResult> ReadAsync(
        string path,
        ReportHeader header,
        bool isTaken,
        Action<RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        await using var file = await ReportFile.OpenAsync(path, locale, cancellationToken);
        var result = await intake.TakeAsync(
            header,
            file.ReadAsync(cancellationToken),
            file.Locale,
            dryRun: isTaken,
            onRefused,
            onProgress: null,
            cancellationToken
        );
        var (_, recorded, repeated, refused) = result.Receipt;
        return isTaken ? result with { Receipt = new(0, 0, recorded + repeated, refused) } : result;
    }
}
