using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Derivation.Plans;
using KpiMetrics.Core.Periods;
using KpiMetrics.Worker.Commands.Xlsx;

namespace KpiMetrics.Worker.Commands.Explain;

/// <summary>The decision, the row, the rules and areas behind a figure, and how far its plan is.</summary>
internal static class BasisText
{
    private const int Indent = 2;

    public static void Write(TextPage page, FigureExplanation figure)
    {
        var (set, indicator, measure, regime, _, area, _, _) = figure.Basis;
        page.Heading("Căn cứ");
        page.Field("Văn bản", $"{set.Authority}, {set.Decision} ({set.Date}): {set.Name}", Indent);
        page.Field("Chỉ số", $"{indicator.Code}, số {indicator.Number} {indicator.Name}", Indent);
        page.Field("Hàng", $"{measure.Code}, số {measure.Number ?? "-"}, {Vocabularies.Kinds.Word(measure.Kind)}", Indent);
        page.Field("Ghi chú", measure.Note, Indent);
        page.Field("Đơn vị báo cáo", measure.Agency ?? indicator.Agency, Indent);
        page.Field("Chế độ", $"{regime.Form} từ {Day(regime.From)}. {regime.Origin}", Indent);
        page.Field("Hạn báo cáo", regime.Due?.ToString(), Indent);
        if (measure.Derived is { } derived)
            page.Field("Quy tắc", $"{Vocabularies.DerivedRules.Word(derived.Rule)}({string.Join(", ", derived.Inputs)})", Indent);
        foreach (var identity in measure.Identities)
            page.Field(
                "Ràng buộc",
                $"{Vocabularies.IdentityRules.Word(identity.Rule)}({string.Join(", ", identity.Inputs)}) {(identity.Origin is { } origin ? $"theo {origin}" : "")}",
                Indent
            );
        if (set.Sources.Count > 0)
            page.Field("Tin cậy", string.Join(" > ", set.Sources), Indent);
        if (area is not null && figure.Basis.Window.LastDay < area.From)
            Links(page, "Hợp thành từ", figure.Basis.Predecessors);
        if (area is { To: not null })
            Links(page, "Nhập vào", figure.Basis.Successors);
    }

    public static void Write(TextPage page, PlanProgress progress, Period period)
    {
        var due = progress.Allocation is { } allocation
            ? $"đến hết {PeriodVietnamese.Of(period)} phải đạt {Text(progress.DueByNow)} ({ExplanationWords.Basis(allocation)}), đã đạt {Text(progress.PercentOfDue)} % mức đó; "
            : "";
        var pace = progress.PaceNeeded.Value is null ? "" : $", mỗi kỳ cần {Text(progress.PaceNeeded)}";
        page.Field("Tiến độ", $"{due}còn {Text(progress.Remaining)}, {progress.PeriodsLeft} kỳ{pace}", Indent);
    }

    /// <summary>The first and the last moment of a window.</summary>
    public static string Span(Window window) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"từ {window.Start:HH:mm dd/MM/yyyy} đến hết {window.End.AddMinutes(-1):HH:mm dd/MM/yyyy}"
        );

    private static void Links(TextPage page, string label, IReadOnlyList<AreaOrigin> links)
    {
        foreach (var (other, weight) in links)
        {
            var part = weight switch
            {
                null => "một phần, không rõ tỷ lệ",
                1m => "toàn bộ",
                { } known => $"phần {DerivedText.Print(known)}",
            };
            page.Field(label, $"{other.Id} {other.FullName}: {part}", Indent);
        }
    }

    private static string Text(Derived derived) => derived.Value is { } value ? FormulaText.Rounded(value) : "-";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
