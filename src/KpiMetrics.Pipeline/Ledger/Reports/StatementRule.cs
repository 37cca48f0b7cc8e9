namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>What a statement means against what its source said of the same figure before.</summary>
/// <remarks>
/// A source that repeats its latest statement is not given a row each time: the time of the last repetition is kept, and becomes a
/// row if a different statement is later entered for a time before it. So the order of entry never changes what counts now; of
/// repetitions seen by our own clock only the last is known, so history entered between them may show for a while in as-of views.
/// </remarks>
internal static class StatementRule
{
    /// <param name="known">Null where the ledger has nothing of the figure from this source.</param>
    public static StatementVerdict Weigh(KnownFigure? known, ReportMoment report, StatedContent said)
    {
        if (known is null || Before(known, report.IsStated ? report.ReceivedAt : long.MaxValue) is not { } before)
            return new(AppendOutcome.Recorded) { At = report.ReceivedAt };
        return report.IsStated ? WeighPaper(known, before, report, said) : WeighLive(known, before, report, said);
    }

    private static StatementVerdict WeighPaper(KnownFigure known, StoredStatement before, ReportMoment report, StatedContent said)
    {
        var ofInstant = known.Statements.FindAll(one => one.ReceivedAt == report.ReceivedAt);
        if (ofInstant.Exists(one => one.Content.SaysTheSameAs(said)))
            return new(AppendOutcome.Repeated);
        var outcome = ofInstant.Count > 0 ? AppendOutcome.Contested : AppendOutcome.Recorded;
        return new(outcome) { At = report.ReceivedAt, Restated = RestatedAfter(known, before, report, said) };
    }

    private static StatementVerdict WeighLive(KnownFigure known, StoredStatement before, ReportMoment report, StatedContent said)
    {
        var lastHeard = known.Repetition?.ReceivedAt;
        if (before.Content.SaysTheSameAs(said) && !IsContested(known, before))
            return new(AppendOutcome.Repeated) { Confirms = !(lastHeard > report.ReceivedAt) };
        // Our clock may have been set back: what comes later must not look earlier.
        var last = Math.Max(before.ReceivedAt, lastHeard ?? 0);
        return new(AppendOutcome.Recorded) { At = report.ReceivedAt > last ? report.ReceivedAt : last + 1 };
    }

    private static StoredStatement? Before(KnownFigure known, long until)
    {
        var place = known.Statements.FindLastIndex(one => one.ReceivedAt <= until);
        return place < 0 ? null : known.Statements[place];
    }

    /// <summary>Something new falls before the last repetition of what was said before it: that repetition now counts as a statement.</summary>
    private static StoredStatement? RestatedAfter(
        KnownFigure known,
        StoredStatement before,
        ReportMoment report,
        StatedContent said
    )
    {
        if (before.Content.SaysTheSameAs(said) || known.Repetition is not { } last || last.ReceivedAt <= report.ReceivedAt)
            return null;
        var isOfALaterOne = known.Statements.Exists(one =>
            one.ReceivedAt > report.ReceivedAt && one.ReceivedAt <= last.ReceivedAt
        );
        return isOfALaterOne ? null : new(last.ReceivedAt, last.ReportId, before.Content);
    }

    /// <summary>Two reports stated for one instant: which of them counts is not ours to say, so a repetition is a statement.</summary>
    private static bool IsContested(KnownFigure known, StoredStatement before) =>
        known.Statements.Exists(one => one.ReceivedAt == before.ReceivedAt && !one.Content.SaysTheSameAs(before.Content));
}
