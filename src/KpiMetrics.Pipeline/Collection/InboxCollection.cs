using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Sources;
using KpiMetrics.Pipeline.Sources.Inbox;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Takes the files that offices drop into a set's folder: into the ledger, then into the archive, refused rows beside them.</summary>
/// <remarks>
/// The ledger commits before the file moves. Killed in between, the next run reads the file again, finds nothing new in it, and
/// moves it then. A file that cannot be read is set aside with the reason and keeps no other from being taken. For one caller at
/// a time: the ledger would not mind two, the folder would.
/// </remarks>
/// <param name="zone">By whose clock the archive is kept.</param>
/// <param name="settle">How long a file must have lain still, so that one being copied is not read half.</param>
/// <param name="locale">How numbers in text are written where a file does not say.</param>
public sealed class InboxCollection(
    string set,
    InboxFolder folder,
    ReportIntake intake,
    TimeZoneInfo zone,
    TimeSpan settle,
    NumberLocale? locale
)
{
    /// <summary>The name of the source in the ledger.</summary>
    public const string Source = "inbox";

    private DateTimeOffset _lastTaken = DateTimeOffset.MinValue;

    public string Set => set;

    /// <summary>Takes every file that lies ready, in the order they were written.</summary>
    public async Task<IReadOnlyList<CollectionOutcome>> RunAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var outcomes = new List<CollectionOutcome>();
        foreach (var file in folder.FindFiles(settle, at))
            outcomes.Add(await TakeAsync(file, NextInstant(at), cancellationToken));
        return outcomes;
    }

    // No two files share an instant (the ledger keeps milliseconds): of two figures received at once, neither would be the correction.
    private DateTimeOffset NextInstant(DateTimeOffset at)
    {
        var next = _lastTaken.AddMilliseconds(1);
        _lastTaken = at > next ? at : next;
        return _lastTaken;
    }

    private async Task<CollectionOutcome> TakeAsync(string path, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(path);
        var local = TimeZoneInfo.ConvertTime(at, zone);
        try
        {
            using var refusals = folder.BeginRefusals(path, local);
            var result = await TakeAsync(
                path,
                new(set, Source, name, at, ReceivedAtStated: false, at, "worker"),
                refusals.Add,
                cancellationToken
            );
            refusals.Complete();
            folder.Archive(path, local);
            return new(Source, name, result, null);
        }
        catch (BrokenReportException fault)
        {
            folder.SetAside(path, local, fault.Message);
            return new(Source, name, null, fault.Message);
        }
    }

    private async Task<IntakeResult> TakeAsync(
        string path,
        ReportHeader header,
        Action<RefusedRow> onRefused,
        CancellationToken cancellationToken
    )
    {
        await using var file = await ReportFile.OpenAsync(path, locale, cancellationToken);
        return await intake.TakeAsync(
            header,
            file.ReadAsync(cancellationToken),
            file.Locale,
            dryRun: false,
            onRefused,
            onProgress: null,
            cancellationToken
        );
    }
}
