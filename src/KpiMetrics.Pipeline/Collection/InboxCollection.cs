using System.Runtime.CompilerServices;
using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Claims;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Takes the files that offices drop into a set's folder: into the ledger, then into the archive, refused rows beside them.</summary>
/// <remarks>
/// The ledger commits before the file moves, and knows the file until it has moved. Killed in between, the next visit only writes
/// the refused rows again and moves the file: taking it anew would make an old statement the newest. A file that cannot be read is
/// set aside with the reason and keeps no other from being taken. Of several processes that share the folder one takes its files at a time, and keeps
/// nothing once another does. For one caller at a time.
/// </remarks>
/// <param name="zone">By whose clock the archive is kept.</param>
/// <param name="settle">How long a file must have lain still, so that one being copied is not read half.</param>
/// <param name="locale">How numbers in text are written where a file does not say.</param>
/// <param name="source">The name of the source in the ledger.</param>
/// <param name="agency">The office whose folder it is, of which alone figures are taken; null for that of a whole set.</param>
public sealed class InboxCollection(
    string set,
    InboxFolder folder,
    ReportIntake intake,
    ITakenFiles takenFiles,
    ClaimKeeper claims,
    TimeZoneInfo zone,
    TimeSpan settle,
    NumberLocale? locale,
    string source = InboxCollection.Source,
    string? agency = null
)
{
    /// <summary>The name in the ledger of a set's own folder.</summary>
    public const string Source = "inbox";

    // Before the identity of an office's file: the folders of one set share the ledger's list of taken files.
    private readonly string mark = source == Source ? "" : source + "/";

    private readonly DistinctInstants instants = new();
    private readonly Dictionary<string, string> faultsTold = new(StringComparer.Ordinal);

    public string Set => set;

    /// <summary><see cref="Source"/>, or the name of an office's own folder.</summary>
    public string SourceName => source;

    /// <summary>
    /// Takes every file that lies ready and says of each how it went. What stands in the way of a file, or of the whole folder, is said
    /// once and keeps nothing else from being taken; it is tried again with every visit.
    /// </summary>
    public async IAsyncEnumerable<CollectionOutcome> RunAsync(
        DateTimeOffset at,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var (name, why) in Found(folder.FindIgnored, out _))
        {
            if (IsNews(name, why))
                yield return new(source, name, null, why);
        }
        var files = Found(() => folder.FindFiles(settle, at), out var fault);
        if (IsNews(folder.Name, fault))
            yield return new(source, folder.Name, null, fault);
        if (fault is null)
            faultsTold.Remove(folder.Name);
        if (files.Count == 0 && (fault is not null || !await IsAnyTakenAsync(cancellationToken)))
            yield break;
        await using var held = await claims.TryTakeAsync(ClaimNames.OfInbox(folder.Number()), cancellationToken);
        if (held is null)
            yield break; // another process is at it, or was just now
        // Once more: what was there may be archived by now.
        files = Found(() => folder.FindFiles(settle, at), out fault);
        var taken = (await takenFiles.ReadTakenFilesAsync(set, cancellationToken))
            .Where(IsOurs)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (await TakeAsync(file, instants.Next(at), taken, held, cancellationToken) is { } outcome)
                yield return outcome;
        }
        if (fault is not null)
            yield break;
        foreach (var archived in taken)
        {
            ThrowIfLost(held);
            await takenFiles.ForgetTakenFileAsync(set, archived, cancellationToken);
        }
    }

    private async Task<bool> IsAnyTakenAsync(CancellationToken cancellationToken) =>
        (await takenFiles.ReadTakenFilesAsync(set, cancellationToken)).Any(IsOurs);

    private string IdentityOf(string path) => $"{mark}{folder.Number()}/{InboxFolder.IdentityOf(path)}";

    // Of this folder; or written by a build that did not number folders. No file's name has a slash.
    private bool IsOurs(string taken)
    {
        if (!taken.StartsWith(mark, StringComparison.Ordinal))
            return false;
        var rest = taken[mark.Length..];
        return !rest.Contains('/', StringComparison.Ordinal)
            || folder.IsNumbered && rest.StartsWith(folder.Number() + "/", StringComparison.Ordinal);
    }

    private static void ThrowIfLost(HeldClaim held)
    {
        if (held.Lost.IsCancellationRequested)
            throw ClaimLostException.Of(held.Claim);
    }

    private static IReadOnlyList<T> Found<T>(Func<IReadOnlyList<T>> find, out string? fault)
    {
        try
        {
            fault = null;
            return find();
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            fault = reason.Message;
            return [];
        }
    }

    private bool IsNews(string name, string? fault)
    {
        if (fault is null || faultsTold.TryGetValue(name, out var told) && told == fault)
            return false;
        faultsTold[name] = fault;
        return true;
    }

    // Null where something still stands in the way of the file that was told already.
    private async Task<CollectionOutcome?> TakeAsync(
        string path,
        DateTimeOffset at,
        HashSet<string> taken,
        HeldClaim held,
        CancellationToken cancellationToken
    )
    {
        ThrowIfLost(held);
        var name = Path.GetFileName(path);
        var local = TimeZoneInfo.ConvertTime(at, zone);
        try
        {
            var claimed = folder.Claim(path);
            var identity = IdentityOf(claimed);
            // Before anything can fail: what still lies here must not be forgotten.
            var earlier = mark + InboxFolder.IdentityOf(claimed);
            var isTakenEarlier = taken.Remove(earlier);
            var isTaken = taken.Remove(identity) || isTakenEarlier;
            try
            {
                using var refusals = folder.BeginRefusals(claimed, local);
                var header = new ReportHeader(set, source, name, at, ReceivedAtStated: false, at, "worker", identity, agency)
                {
                    Claim = held.Claim,
                };
                var result = await ReadAsync(claimed, header, isTaken, refusals.Add, cancellationToken);
                ThrowIfLost(held); // who has it now archives the file
                refusals.Complete();
                folder.Archive(claimed, local);
                await takenFiles.ForgetTakenFileAsync(set, identity, cancellationToken);
                if (isTakenEarlier)
                    await takenFiles.ForgetTakenFileAsync(set, earlier, cancellationToken);
                faultsTold.Remove(name);
                return new(source, name, result, null);
            }
            catch (BrokenReportException fault)
            {
                ThrowIfLost(held);
                folder.SetAside(claimed, local, fault.Message);
                faultsTold.Remove(name);
                return new(source, name, null, fault.Message) { IsBroken = true };
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FileStillWrittenException)
        {
            return IsNews(name, fault.Message) ? new(source, name, null, fault.Message) : null;
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
            WholeAsync(path, header.TakenFile, file.ReadAsync(cancellationToken)),
            file.Locale,
            dryRun: isTaken,
            onRefused,
            onProgress: null,
            cancellationToken
        );
        var (_, recorded, repeated, refused) = result.Receipt;
        return isTaken ? result with { Receipt = new(0, 0, recorded + repeated, refused) } : result;
    }

    // Looked at once more after the last row and before anything of it is kept.
    private async IAsyncEnumerable<RawRow> WholeAsync(string path, string? identity, IAsyncEnumerable<RawRow> rows)
    {
        await foreach (var row in rows)
            yield return row;
        if (IdentityOf(path) != identity)
            throw new FileStillWrittenException($"{Path.GetFileName(path)}: changed while it was read; it is read again");
    }
}
