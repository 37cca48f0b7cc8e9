using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality.Checks;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>A detection in one sentence: the figure, what it is held against, what is suspected. It blames nobody.</summary>
internal static class DetectionVietnamese
{
    public static string Sentence(Detection found)
    {
        var value = Amount(found, found.Value);
        var sentence = $"Số liệu {VietnamesePeriod.Text(found.Period)} ({value}) {What(found)}.";
        return sentence.Normalize();
    }

    private static string What(Detection found) =>
        found.Kind switch
        {
            DetectorKind.UnitSlip => $"{Times(found)}: {Units(found)}",
            DetectorKind.GrowthForIndex when found.Value < found.Expected =>
                $"khác hẳn {Reference(found)}: nghi ghi tốc độ tăng thay cho chỉ số, đúng ra là {Meant(found)}",
            DetectorKind.GrowthForIndex =>
                $"khác hẳn {Reference(found)}: nghi ghi chỉ số thay cho tốc độ tăng, đúng ra là {Meant(found)}",
            DetectorKind.Sign when found.Expected is null => "âm trong khi chỉ tiêu này không thể âm: nghi thừa dấu trừ",
            DetectorKind.Sign => $"trái dấu với mức dự kiến ({Around(found)}): nghi thừa hoặc thiếu dấu trừ",
            DetectorKind.MissingThenDouble =>
                $"cao hơn hẳn mức dự kiến của một kỳ ({Around(found)}), trong khi {Named(found)} chưa có số liệu: nghi gộp cả {Named(found)}",
            DetectorKind.Doubled => $"gấp đôi mức dự kiến ({Around(found)}){SameSeason(found)}: nghi tính trùng hai lần",
            DetectorKind.Transposition =>
                $"khác hẳn mức dự kiến ({Around(found)}){SameSeason(found)}: nghi đảo hai chữ số liền nhau, đúng ra là {Meant(found)}",
            DetectorKind.CumulativeFall =>
                $"thấp hơn lũy kế đến {Named(found)} ({Value(found)}) {Apart(found)}: lũy kế không thể giảm trong năm",
            DetectorKind.Stuck => Stuck(found),
            DetectorKind.RevisionSize => Revision(found),
            DetectorKind.LevelShift =>
                $"cùng {Number(found.Count - 1)} kỳ liền trước ở một mức khác hẳn, {Percent(found)} so với mức dự kiến ({Around(found)}): nghi thay đổi phạm vi, phương pháp hoặc đơn vị tính",
            DetectorKind.SiblingDisagreement =>
                $"không biến động như {Number(found.Count)} địa phương khác: theo đà chung dự kiến {Around(found)}, {Percent(found)}",
            _ => Outlier(found),
        };

    private static string Outlier(Detection found) =>
        found.Value == 0m
            ? $"bằng 0 trong khi dự kiến {Around(found)}{SameSeason(found)}: nghi bỏ sót hoặc chưa có số liệu"
            : $"{(found.Value > found.Expected ? "cao" : "thấp")} hơn hẳn mức dự kiến ({Around(found)}, thường từ {Amount(found, found.Lower)} đến {Amount(found, found.Upper)}){SameSeason(found)}: đề nghị kiểm tra lại";

    private static string Stuck(Detection found) =>
        found.Reference is { } other && other.Period.Index < found.Period.Index - 1
            ? $"giống hệt {Named(found)} đến từng chữ số: nghi chép lại số liệu cũ"
            : $"giống hệt {Named(found)} đến từng chữ số{(found.Count > 2 ? $", đã {Number(found.Count)} kỳ liền như vậy" : "")}: nghi chép lại số liệu kỳ trước";

    private static string Revision(Detection found)
    {
        var before = found.Reference.GetValueOrDefault().Value;
        var how = found.Factor is { } factor
            ? (factor > 1m ? $"tăng {Number(factor)} lần" : $"giảm {Number(1 / factor)} lần")
            : Change(found.Value, before);
        return $"là số sửa lại của {Amount(found, before)}, {how}: mức điều chỉnh lớn hơn thường lệ, đề nghị nêu lý do";
    }

    private static string Times(Detection found)
    {
        var factor = found.Factor.GetValueOrDefault(1m);
        var run = found.Count > 1 ? $"cùng {Number(found.Count - 1)} kỳ liền trước " : "";
        return factor >= 1m
            ? $"{run}cao gấp khoảng {Number(factor)} lần {Reference(found)}"
            : $"{run}chỉ bằng khoảng 1/{Number(1 / factor)} {Reference(found)}";
    }

    private static string Units(Detection found) =>
        UnitWords.Mistaken(found.Unit, found.Factor.GetValueOrDefault(1m)) is var (counted, printed)
            ? $"nghi nhầm {counted} với {printed}"
        : found.Factor is 10m or 0.1m ? "nghi thừa hoặc thiếu một chữ số, hoặc nhầm đơn vị tính"
        : "nghi nhầm đơn vị tính";

    // A year earlier is what an official looks at first, as long as the factor shows there too.
    private static string Reference(Detection found)
    {
        if (found.Reference is not { } other || other.Value == 0m || other.Period.Year != found.Period.Year - 1)
            return $"mức dự kiến ({Around(found)})";
        var shows = found.Factor is not { } factor || found.Value / other.Value / factor is > 0.5m and < 2m && found.Value != 0m;
        return shows ? $"cùng kỳ {Year(other)} ({Value(found)})" : $"mức dự kiến ({Around(found)})";
    }

    private static string SameSeason(Detection found) =>
        found.Reference is { } other && other.Period.Year == found.Period.Year - 1 && other.Period.Number == found.Period.Number
            ? $"; cùng kỳ {Year(other)} là {Value(found)}"
            : "";

    private static string Year(HistoryPoint point) => VietnamesePeriod.Text(Period.Of(Frequency.Year, point.Period.Year));

    private static string Around(Detection found) => $"khoảng {Amount(found, found.Expected)}";

    private static string Meant(Detection found) => Amount(found, found.Meant);

    private static string Named(Detection found) => VietnamesePeriod.Text(found.Reference.GetValueOrDefault().Period);

    private static string Value(Detection found) => Amount(found, found.Reference.GetValueOrDefault().Value);

    private static string Apart(Detection found) => Amount(found, found.Reference.GetValueOrDefault().Value - found.Value);

    private static string Percent(Detection found) =>
        found.Expected is { } expected and not 0m ? Change(found.Value, expected) : "khác hẳn";

    private static string Change(decimal now, decimal then)
    {
        if (then == 0m)
            return now > 0m ? "tăng" : "giảm";
        var percent = (now - then) / Math.Abs(then) * 100m;
        var text = VietnameseNumber.Text(Math.Abs(percent), Math.Abs(percent) < 10m ? 1 : 0);
        return $"{(percent > 0m ? "tăng" : "giảm")} {text} %";
    }

    private static string Number(decimal number) => VietnameseNumber.Text(number, decimal.IsInteger(number) ? 0 : 1);

    // The noise digits of spreadsheets are left out.
    private static string Amount(Detection found, decimal? number)
    {
        var value = number.GetValueOrDefault();
        var places = Math.Min((int)value.Scale, Math.Abs(value) >= 100m ? 2 : 3);
        return VietnameseNumber.WithUnit(VietnameseNumber.Text(value, places), found.Unit);
    }
}
