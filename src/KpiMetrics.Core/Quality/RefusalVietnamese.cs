namespace KpiMetrics.Core.Quality;

/// <summary>What each refusal tells the office that sent the row.</summary>
public static class RefusalVietnamese
{
    public static string Text(RefusalCode code) =>
        code switch
        {
            RefusalCode.UnreadableRow => "Không đọc được dòng này",
            RefusalCode.EmptyCell => "Ô bắt buộc bị để trống",
            RefusalCode.UnknownIndicator => "Không có chỉ số này trong bộ chỉ số",
            RefusalCode.UnknownMeasure => "Chỉ số không có chỉ tiêu này",
            RefusalCode.UnknownSubject => "Phân tổ không đúng danh mục",
            RefusalCode.UnknownArea => "Mã đơn vị hành chính không đúng tại thời điểm của kỳ báo cáo",
            RefusalCode.BadPeriod => "Kỳ báo cáo viết sai hoặc không tồn tại",
            RefusalCode.WrongFrequency => "Tần suất của kỳ báo cáo không đúng quy định của chỉ số",
            RefusalCode.PeriodNotBegun => "Kỳ báo cáo chưa bắt đầu",
            RefusalCode.BadNumber => "Số viết sai hoặc có thể hiểu theo hai cách",
            RefusalCode.FormulaCell => "Ô chứa công thức: hãy dán giá trị",
            RefusalCode.WrongCellType => "Kiểu dữ liệu của ô không dùng được",
            RefusalCode.UnitMismatch => "Giá trị không phù hợp với đơn vị tính",
            RefusalCode.NegativeValue => "Giá trị âm: chỉ tiêu này không thể nhỏ hơn 0",
            RefusalCode.OutOfRange => "Giá trị ngoài khoảng cho phép: số liệu sai hoặc không đúng đơn vị tính",
            RefusalCode.NotWhole => "Giá trị phải là số nguyên",
            RefusalCode.WrongAgency => "Chỉ tiêu này do cơ quan khác báo cáo",
            RefusalCode.BadStatus => "Mã trạng thái không đúng",
            RefusalCode.BadVintage => "Loại số liệu không đúng (ước tính, sơ bộ, chính thức)",
            RefusalCode.BadPlanScheme => "Mã kế hoạch viết sai",
            RefusalCode.BadPlanKind => "Loại kế hoạch không đúng (giao, điều chỉnh)",
            RefusalCode.NoPlanOfTexts => "Chỉ tiêu dạng văn bản không có kế hoạch",
            RefusalCode.NotInForce => "Chỉ số, chỉ tiêu chưa có hoặc đã hết hiệu lực trong kỳ báo cáo này",
            _ => "Báo cáo đã có số liệu khác cho cùng chỉ tiêu và kỳ này",
        };
}
