namespace KpiMetrics.Core.Obligations;

/// <summary>Says whose fault a late obligation looks like, by what we asked its source and when.</summary>
public static class Blaming
{
    /// <param name="asked">What its sources were asked for its period; null where it has no source that is asked, only offices that send.</param>
    public static Blame Of(Obligation obligation, IReadOnlyList<Asking>? asked, DateTimeOffset at)
    {
        if (!obligation.IsLateAt(at))
            return Blame.Nobody;
        var due = obligation.DueAt(at);
        if (obligation.CreatedAt > due && !(obligation.CompleteAt < obligation.CreatedAt))
            return Blame.Us;
        if (asked is null || asked.Any(question => question.FirstAnsweredAt <= due))
            return Blame.Reporter;
        if (obligation.CompleteAt < obligation.CreatedAt)
            return Blame.Reporter; // its sender named the instant, and that was late
        return asked.Any(question => question.FirstAskedAt <= due) ? Blame.Source : Blame.Us;
    }

    /// <summary>As commands and API spell it; empty for nobody.</summary>
    public static string Code(this Blame blame) =>
        blame switch
        {
            Blame.Reporter => "reporter",
            Blame.Source => "source",
            Blame.Us => "us",
            _ => "",
        };
}
