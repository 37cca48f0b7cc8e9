namespace KpiMetrics.Core.Obligations;

/// <summary>The states as commands, API and views spell them.</summary>
public static class ObligationStateName
{
    private static readonly (ObligationState State, string Code, string Vietnamese)[] Names =
    [
        (ObligationState.Upcoming, "upcoming", "chưa đến kỳ"),
        (ObligationState.Open, "open", "đang chờ báo cáo"),
        (ObligationState.DueSoon, "due-soon", "sắp đến hạn"),
        (ObligationState.Overdue, "overdue", "quá hạn"),
        (ObligationState.Missing, "missing", "thiếu báo cáo"),
        (ObligationState.Partial, "partial", "chưa đủ chỉ tiêu"),
        (ObligationState.Received, "received", "đã báo cáo đúng hạn"),
        (ObligationState.ReceivedLate, "received-late", "báo cáo muộn"),
        (ObligationState.Waived, "waived", "được miễn"),
    ];

    public static string Code(this ObligationState state) => Find(state).Code;

    /// <summary>For officials.</summary>
    public static string Vietnamese(this ObligationState state) => Find(state).Vietnamese;

    /// <summary>All codes, for messages.</summary>
    public static string Allowed { get; } = string.Join(", ", Names.Select(name => name.Code));

    public static bool TryParse(string text, out ObligationState state)
    {
        var found = Array.Find(Names, name => name.Code == text);
        state = found.State;
        return found.Code is not null;
    }

    private static (ObligationState State, string Code, string Vietnamese) Find(ObligationState state) =>
        Array.Find(Names, name => name.State == state);
}
