using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Worker.Commands.Obligations;

/// <summary>Words for officials.</summary>
internal static class ObligationWords
{
    public static string Of(Blame blame) =>
        blame switch
        {
            Blame.Reporter => "cơ quan báo cáo",
            Blame.Source => "nguồn dữ liệu",
            Blame.Us => "hệ thống",
            _ => "",
        };

    /// <summary>The state, and that something is late already where the state does not say it.</summary>
    public static string Of(ObligationLine line) =>
        line is { State: ObligationState.Partial, IsLate: true }
            ? $"{line.State.Vietnamese()}, quá hạn"
            : line.State.Vietnamese();

    /// <summary>Which measures lack: <c>.01 .03</c>, <c>tất cả (7)</c>, or nothing.</summary>
    public static string Lacks(Obligation obligation)
    {
        if (obligation.Lacks.Count == 0)
            return "";
        if (obligation.Lacks.Count == obligation.Needs.Count)
            return $"tất cả ({obligation.Needs.Count})";
        var own = obligation.Duty.Indicator + ".";
        var codes = obligation.Lacks.Select(code =>
            code.StartsWith(own, StringComparison.Ordinal) ? code[(own.Length - 1)..] : code
        );
        return string.Join(' ', codes.Take(Most)) + (obligation.Lacks.Count > Most ? " ..." : "");
    }

    private const int Most = 6;
}
