namespace KpiMetrics.Core.Obligations;

/// <summary>Says whose fault a late obligation looks like, by what we asked its source and when.</summary>
public static class Blaming
{
    /// <param name="asked">What its sources were asked for its period; null where it has no source that is asked, only offices that send.</param>
    public static Blame Of(Obligation obligation, IReadOnlyList<Asking>? asked, DateTimeOffset at)
    {
        if (!obligation.IsLateAt(at))
            return Blame.Nobody;
        // What never came cannot have waited for us once we asked; what came late did, unless its sender named a time that was late already.
        if (obligation.CompleteAt <= at)
            return obligation.CompleteAt < obligation.CreatedAt
                ? Blame.Reporter
                : OfLate(obligation, asked, obligation.DueAt(at));
        if (asked is null || asked.Any(question => question.FirstAnsweredAt <= at))
            return Blame.Reporter;
        return asked.Any(question => question.FirstAskedAt <= at) ? Blame.Source : Blame.Us;
    }

    private static Blame OfLate(Obligation obligation, IReadOnlyList<Asking>? asked, DateTimeOffset due)
    {
        if (obligation.CreatedAt > due)
            return Blame.Us;
        if (asked is null || asked.Any(question => question.FirstAnsweredAt <= due))
            return Blame.Reporter;
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
