namespace KpiMetrics.Core.Alerting;

/// <summary>Kinds, severities, states, steps and audiences as commands, API, views and Alertmanager spell them.</summary>
public static class AlertNames
{
    private static readonly (AlertKind Kind, string Code, string Vietnamese)[] Kinds =
    [
        (AlertKind.Overdue, "overdue", "quá hạn"),
        (AlertKind.Missing, "missing", "thiếu báo cáo"),
        (AlertKind.Incomplete, "incomplete", "chưa đủ chỉ tiêu"),
        (AlertKind.SourceFailing, "source-failing", "nguồn hỏng"),
        (AlertKind.PointRefused, "point-refused", "InfluxDB từ chối"),
        (AlertKind.Contradiction, "contradiction", "mâu thuẫn"),
        (AlertKind.Disagreement, "disagreement", "các nguồn khác nhau"),
        (AlertKind.Anomaly, "anomaly", "bất thường"),
        (AlertKind.Threshold, "threshold", "vượt ngưỡng"),
    ];

    private static readonly (AlertState State, string Code, string Vietnamese)[] States =
    [
        (AlertState.Firing, "firing", "đang mở"),
        (AlertState.Acknowledged, "acknowledged", "đã tiếp nhận"),
        (AlertState.Explained, "explained", "đã giải trình"),
        (AlertState.Resolved, "resolved", "đã xong"),
    ];

    private static readonly (AlertStep Step, string Code, string Vietnamese)[] Steps =
    [
        (AlertStep.Fired, "fired", "phát sinh"),
        (AlertStep.Changed, "changed", "thay đổi"),
        (AlertStep.Escalated, "escalated", "báo lên cấp trên"),
        (AlertStep.Acknowledged, "acknowledged", "tiếp nhận"),
        (AlertStep.Explained, "explained", "giải trình"),
        (AlertStep.Resolved, "resolved", "đóng"),
        (AlertStep.Reopened, "reopened", "mở lại"),
    ];

    private static readonly string[] Severities = ["info", "warning", "critical"];
    private static readonly string[] Audiences = ["operations", "office", "head", "province"];

    /// <summary>All codes, for messages.</summary>
    public static string AllowedKinds { get; } = string.Join(", ", Kinds.Select(name => name.Code));

    /// <summary>All codes, for messages.</summary>
    public static string AllowedStates { get; } = string.Join(", ", States.Select(name => name.Code));

    public static string Code(this AlertKind kind) => Kinds[(int)kind].Code;

    public static string Code(this AlertState state) => States[(int)state].Code;

    public static string Code(this AlertStep step) => Steps[(int)step].Code;

    public static string Code(this AlertSeverity severity) => Severities[(int)severity];

    public static string Code(this AlertAudience audience) => Audiences[(int)audience];

    /// <summary>For officials.</summary>
    public static string Vietnamese(this AlertKind kind) => Kinds[(int)kind].Vietnamese;

    /// <summary>For officials.</summary>
    public static string Vietnamese(this AlertState state) => States[(int)state].Vietnamese;

    /// <summary>For officials.</summary>
    public static string Vietnamese(this AlertStep step) => Steps[(int)step].Vietnamese;

    public static bool TryParse(string text, out AlertKind kind) =>
        Found(Array.FindIndex(Kinds, one => one.Code == text), out kind);

    public static bool TryParse(string text, out AlertState state) =>
        Found(Array.FindIndex(States, one => one.Code == text), out state);

    public static bool TryParse(string text, out AlertStep step) =>
        Found(Array.FindIndex(Steps, one => one.Code == text), out step);

    public static bool TryParse(string text, out AlertSeverity severity) => Found(Array.IndexOf(Severities, text), out severity);

    public static bool TryParse(string text, out AlertAudience audience) => Found(Array.IndexOf(Audiences, text), out audience);

    private static bool Found<T>(int place, out T value)
        where T : struct, Enum
    {
        value = place < 0 ? default : Enum.GetValues<T>()[place];
        return place >= 0;
    }
}
