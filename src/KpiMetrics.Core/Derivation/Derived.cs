using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Derivation;

/// <summary>A derived figure: a value, or the reason why there is none. Never 0 or NaN for "unknown".</summary>
public readonly record struct Derived
{
    private readonly Period at;
    private readonly string? detail;

    private Derived(decimal? value, Absence absence, Period at, string? detail = null) =>
        (Value, Absence, this.at, this.detail) = (value, absence, at, detail);

    public decimal? Value { get; }

    public Absence Absence { get; }

    /// <summary>True where two times or places cannot be compared at all: OBS_STATUS B.</summary>
    public bool IsBreak => Absence is Absence.NotAdditive or Absence.AreaDivided;

    public static Derived Of(decimal value) => new(value, Absence.None, default);

    /// <summary>No value.</summary>
    /// <param name="absence">Why.</param>
    /// <param name="at">The period that lacks a figure, has a zero or another base year; the period itself where that says nothing.</param>
    /// <param name="detail">Which measure, area or season, where that is needed to understand.</param>
    public static Derived Missing(Absence absence, Period at, string? detail = null) => new(null, absence, at, detail);

    /// <param name="at">The period that lacks a figure, has a zero or another base year, the year without a plan; the period itself where that says nothing.</param>
    public static Derived Missing(Absence absence, Period at) => new(null, absence, at);

    /// <summary>The reason in words; null where there is a value.</summary>
    public string? Why =>
        Absence switch
        {
            Absence.None => null,
            Absence.NoFigure => $"no figure for {at}",
            Absence.NoCounterpart => $"{at} has no counterpart to compare with",
            Absence.BaseIsZero => $"the figure of {at} is 0: nothing can be a percentage of it",
            Absence.BaseYearDiffers => $"the index has another base year in {at}",
            Absence.DoesNotAddUp => "figures of this kind do not add up over time",
            Absence.NotComparable => "figures of this kind are not compared period by period",
            Absence.WindowsDiffer => $"{at} covers its days by another rule",
            Absence.Incomplete => $"the total of {at} lacks some of its parts",
            Absence.PeriodsDiffer => $"the year before has not the same periods up to {at}",
            Absence.InputMissing => $"no figure of {detail} for {at}",
            Absence.NotAdditive => $"break in the series: {detail} became one, and figures of this kind do not add up over areas",
            Absence.AreaDivided => $"break in the series: {detail} was divided and no weights are given",
            Absence.NoSeason => $"no season to compare with is declared for {at}",
            Absence.NotPositive => "a geometric mean needs figures above 0",
            Absence.NoPlan => $"no plan for {at}",
            Absence.PlanIsZero => $"the plan of {at} is 0: nothing can be a percentage of it",
            Absence.NothingDue => $"of the plan nothing was due by {at}",
            Absence.NoPeriodLeft => $"{at} is the last period of its year",
            _ => "the result has more digits than can be kept",
        };

    /// <summary>The reason for officials; null where there is a value.</summary>
    public string? WhyVietnamese =>
        Absence switch
        {
            Absence.None => null,
            Absence.NoFigure => $"chưa có số liệu kỳ {at}",
            Absence.NoCounterpart => $"kỳ {at} không có kỳ tương ứng để so sánh",
            Absence.BaseIsZero => $"số liệu kỳ {at} bằng 0, không tính được tỷ lệ phần trăm",
            Absence.BaseYearDiffers => $"kỳ {at} dùng năm gốc khác",
            Absence.DoesNotAddUp => "loại số liệu này không cộng dồn theo thời gian",
            Absence.NotComparable => "loại số liệu này không so sánh theo kỳ",
            Absence.WindowsDiffer => $"kỳ {at} tính ngày theo quy định khác",
            Absence.Incomplete => $"tổng của kỳ {at} còn thiếu một phần",
            Absence.PeriodsDiffer => $"năm trước không có đủ các kỳ tương ứng đến kỳ {at}",
            Absence.InputMissing => $"chưa có số liệu {detail} kỳ {at}",
            Absence.NotAdditive => $"đứt đoạn chuỗi số liệu: {detail} đã hợp nhất, loại số liệu này không cộng được theo địa bàn",
            Absence.AreaDivided => $"đứt đoạn chuỗi số liệu: {detail} đã bị chia tách mà không có tỷ trọng phân chia",
            Absence.NoSeason => $"chưa khai báo vụ để so sánh cho kỳ {at}",
            Absence.NotPositive => "trung bình nhân cần các số lớn hơn 0",
            Absence.NoPlan => $"chưa có kế hoạch năm {at}",
            Absence.PlanIsZero => $"kế hoạch của {at} bằng 0, không tính được tỷ lệ phần trăm",
            Absence.NothingDue => $"đến kỳ {at} kế hoạch chưa giao phần nào",
            Absence.NoPeriodLeft => $"kỳ {at} là kỳ cuối của năm",
            _ => "kết quả có quá nhiều chữ số",
        };
}
