namespace KpiMetrics.Pipeline.Ledger;

/// <summary>The ledger's side of the inbox: files whose reports are committed (<see cref="ReportHeader.TakenFile"/>) and whose archiving is not known to be done.</summary>
public interface ITakenFiles
{
    Task<IReadOnlyList<string>> ReadTakenFilesAsync(string set, CancellationToken cancellationToken);

    /// <summary>The file is archived.</summary>
    Task ForgetTakenFileAsync(string set, string file, CancellationToken cancellationToken);
}
