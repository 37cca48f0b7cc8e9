namespace KpiMetrics.Pipeline.Sources;

/// <summary>A source that is asked for its figures. It may be asked by several at once, and asked again for what it has answered.</summary>
public interface IPulledSource
{
    SourceOptions Options { get; }

    /// <summary>Null where the source is not being left alone.</summary>
    SourceBreak? Break => null;

    /// <summary>
    /// The answer, all of it read and understood before this returns: one report, or one for each time at which the office says that it
    /// stated figures, oldest first. Rows of other periods or indicators may be among them: whether they are taken is the business of the door to the ledger.
    /// </summary>
    /// <exception cref="SourceUnavailableException">It cannot be reached, or answers with an error; a later question may succeed.</exception>
    /// <exception cref="BrokenReportException">The answer is not what the settings say. Nothing of it is taken.</exception>
    Task<IReadOnlyList<SourceReport>> AskAsync(SourceQuestion question, CancellationToken cancellationToken);
}
