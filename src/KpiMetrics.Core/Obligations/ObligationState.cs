namespace KpiMetrics.Core.Obligations;

/// <summary>How an obligation stands at an instant (DESIGN 4.3).</summary>
public enum ObligationState
{
    /// <summary>The figure cannot be asked for yet: its window has not closed.</summary>
    Upcoming,

    /// <summary>May be reported, and is not pressing.</summary>
    Open,

    /// <summary>Will be due soon.</summary>
    DueSoon,

    /// <summary>Past due, in grace.</summary>
    Overdue,

    /// <summary>Past grace.</summary>
    Missing,

    /// <summary>Some measures are there, some are missing; whether it is late is said beside it.</summary>
    Partial,

    /// <summary>All there, in time.</summary>
    Received,

    /// <summary>All there, the last of it after the due instant.</summary>
    ReceivedLate,

    /// <summary>Need not be reported.</summary>
    Waived,
}
