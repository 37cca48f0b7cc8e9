using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Derivation.Explaining;
using KpiMetrics.Core.Derivation.Plans;

namespace KpiMetrics.Worker.Commands.Explain;

/// <summary>What parts, formulas and roles are called in Vietnamese.</summary>
internal static class ExplanationWords
{
    /// <summary>The names of the exported columns: <c>value</c>, <c>pop</c>, ..., <c>ytd_yoy</c>.</summary>
    public static string Code(ExplainedPart part) =>
        part switch
        {
            ExplainedPart.YtdYoy => "ytd_yoy",
            _ => part.ToString().ToLowerInvariant(),
        };

    public static string Title(ExplainedPart part) =>
        part switch
        {
            ExplainedPart.Value => "Giá trị",
            ExplainedPart.Pop => "So với kỳ trước",
            ExplainedPart.Yoy => "So với cùng kỳ năm trước",
            ExplainedPart.Ytd => "Lũy kế từ đầu năm",
            ExplainedPart.YtdYoy => "Lũy kế so với cùng kỳ",
            ExplainedPart.Plan => "So với kế hoạch năm",
            ExplainedPart.Amount => "Riêng trong kỳ",
            ExplainedPart.Season => "Vụ",
            _ => "Kế hoạch",
        };

    /// <summary>The formula in words.</summary>
    public static string Formula(Explanation explained) =>
        (explained.Way, explained.Rule, explained.Part, explained.Arithmetic) switch
        {
            (FormulaKind.Rule, DerivedRule.Ratio or DerivedRule.Share, _, _) => "tử số chia mẫu số, theo quy định của chỉ tiêu",
            (FormulaKind.Rule, DerivedRule.Sum, _, _) => "tổng của các chỉ tiêu thành phần",
            (FormulaKind.Rule, DerivedRule.Difference, _, _) => "chỉ tiêu thứ nhất trừ các chỉ tiêu còn lại",
            (FormulaKind.Rule, DerivedRule.Ytd, _, _) => "lũy kế từ đầu năm của chỉ tiêu gốc",
            (FormulaKind.Rule, DerivedRule.Pop, _, _) => "chỉ tiêu gốc so với kỳ trước",
            (FormulaKind.Rule, DerivedRule.Yoy, _, _) => "chỉ tiêu gốc so với cùng kỳ năm trước",
            (FormulaKind.Rule, DerivedRule.YtdYoy, _, _) => "lũy kế của chỉ tiêu gốc so với cùng kỳ năm trước",
            (FormulaKind.Rule, DerivedRule.Plan, _, _) => "phần đã thực hiện của kế hoạch năm",
            (FormulaKind.Rule, DerivedRule.YearEnd, _, _) => "chỉ tiêu gốc so với kỳ cuối năm trước",
            (FormulaKind.Rule, DerivedRule.Season, _, _) => "vụ này so với vụ trước, cùng giai đoạn",
            (FormulaKind.Rule, DerivedRule.SeasonYoy, _, _) => "vụ này so với cùng vụ năm trước, cùng giai đoạn",
            (FormulaKind.Quotient, _, _, _) => "tử số chia mẫu số, không lấy trung bình các tỷ lệ",
            (FormulaKind.FormerMeasure, _, _, _) => "số liệu của chỉ tiêu mà chỉ tiêu này thay thế",
            (FormulaKind.AreasWithin, _, _, _) => "tổng của các địa bàn trực thuộc",
            (FormulaKind.FinerPeriods, _, _, Arithmetic.Sum) => "tổng của các kỳ ngắn hơn",
            (FormulaKind.FinerPeriods, _, _, Arithmetic.Same) => "số của kỳ ngắn cuối cùng",
            (FormulaKind.FinerPeriods, _, _, Arithmetic.Max) => "số lớn nhất của các kỳ ngắn hơn",
            (FormulaKind.FinerPeriods, _, _, Arithmetic.Mean) => "trung bình cộng của các kỳ ngắn hơn",
            (FormulaKind.FinerPeriods, _, _, Arithmetic.GeometricMean) => "trung bình nhân của các kỳ ngắn hơn",
            (FormulaKind.FinerPeriods, _, _, _) => "từ các kỳ ngắn hơn",
            (FormulaKind.Predecessors, _, _, _) => "tổng của các địa bàn hợp thành (trước khi sắp xếp)",
            (_, _, ExplainedPart.Ytd, Arithmetic.Mean) => "trung bình cộng từ đầu năm",
            (_, _, ExplainedPart.Ytd, Arithmetic.GeometricMean) => "trung bình nhân từ đầu năm",
            (_, _, ExplainedPart.Ytd, Arithmetic.Same) => "số lũy kế đã báo cáo",
            (_, _, ExplainedPart.Ytd, _) => "cộng các kỳ từ đầu năm",
            (_, _, ExplainedPart.Plan, _) => "đã thực hiện / kế hoạch năm * 100",
            (_, _, ExplainedPart.Amount, Arithmetic.Difference) => "lũy kế kỳ này trừ lũy kế kỳ trước",
            (_, _, ExplainedPart.Amount, _) => "kỳ đầu năm: chính là số lũy kế",
            (_, _, ExplainedPart.Season, _) => "cộng các kỳ của vụ",
            (_, _, ExplainedPart.Planned, _) => "cộng kế hoạch từng kỳ",
            (_, _, _, Arithmetic.Difference) => "số được so trừ số gốc (điểm)",
            _ => "(số được so - số gốc) / |số gốc| * 100",
        };

    public static string Role(InputRole role) =>
        role switch
        {
            InputRole.Compared => "được so",
            InputRole.Base => "gốc",
            InputRole.Numerator => "tử số",
            InputRole.Denominator => "mẫu số",
            InputRole.Minuend => "bị trừ",
            InputRole.Subtrahend => "trừ đi",
            InputRole.RunningTotal => "lũy kế",
            InputRole.Done => "đã làm",
            InputRole.Planned => "kế hoạch",
            _ => "cộng",
        };

    public static string Basis(PlanAllocation allocation) =>
        allocation.Basis switch
        {
            PlanBasis.Explicit => "theo kế hoạch giao từng kỳ",
            PlanBasis.Seasonal => $"theo tỷ trọng mùa vụ các năm {string.Join(", ", allocation.Years)}",
            _ => "chia đều theo độ dài các kỳ",
        };

    public static string Kind(PlanKind kind) => kind == PlanKind.Adjusted ? "điều chỉnh (adjusted)" : "giao (assigned)";
}
