using KpiMetrics.Core.Alerting;
using KpiMetrics.Worker.Commands.Obligations;

namespace KpiMetrics.Worker.Commands.Alerts;

/// <summary>Alerts for people.</summary>
internal static class AlertText
{
    public static string List(IReadOnlyList<Alert> alerts, int all)
    {
        if (alerts.Count == 0)
            return "Không có cảnh báo nào.";
        var lines = alerts.Select(alert =>
            $"{alert.Id, 6}  {Severity(alert.Concern.Severity), -12}  {alert.State.Vietnamese(), -13}  {ObligationText.Local(alert.Concern.Since), -16}  {alert.Concern.Title}{Held(alert)}"
        );
        return string.Join(Environment.NewLine, [.. lines, $"Hiển thị {alerts.Count} trong {all}."]);
    }

    public static string Show(Alert alert, IReadOnlyList<AlertEvent> history)
    {
        var seen = alert.Concern;
        (string Name, string? Value)[] rows =
        [
            ("Cảnh báo", $"{alert.Id}  {seen.Key}"),
            ("Nội dung", seen.Title),
            ("Loại", $"{seen.Kind.Vietnamese()} ({seen.Kind.Code()}), {Severity(seen.Severity)}"),
            ("Tình trạng", alert.State.Vietnamese()),
            ("Từ", ObligationText.Local(seen.Since)),
            ("Cơ quan", seen.Agency),
            ("Do", seen.HeldBy),
            ("Tiếp nhận", alert.AcknowledgedBy),
            ("Giải trình", alert.Explanation is null ? null : $"{alert.Explanation} {alert.Link} ({alert.ExplainedBy})"),
            ("Căn cứ đóng", alert.Evidence),
        ];
        var facts = rows.Where(row => row.Value is not null).Select(row => $"{row.Name, -12}  {row.Value}");
        var steps = history.Select(one =>
            $"  {ObligationText.Local(one.At), -19}  {one.Step.Vietnamese(), -16}  {one.Who}: {one.Why} {one.Link}".TrimEnd()
        );
        return string.Join(Environment.NewLine, [.. facts, "Diễn biến", .. steps]);
    }

    public static string Done(Alert alert) => $"Cảnh báo {alert.Id}: {alert.State.Vietnamese()}. {alert.Concern.Title}";

    private static string Held(Alert alert) => alert.Concern.HeldBy is { } cause ? $" [do {cause}]" : "";

    private static string Severity(AlertSeverity severity) =>
        severity switch
        {
            AlertSeverity.Critical => "nghiêm trọng",
            AlertSeverity.Warning => "chú ý",
            _ => "để biết",
        };
}
