using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Demo;

/// <summary>Bulletins that say of themselves that they are made up.</summary>
internal static class DemoBulletins
{
    private static readonly string[] Findings =
    [
        "tình hình cơ bản ổn định, không có vướng mắc phát sinh.",
        "tiến độ đạt yêu cầu; đề nghị tiếp tục theo dõi.",
        "một số việc chậm so với kế hoạch, đang được đôn đốc.",
        "kết quả cao hơn kỳ trước; chưa phát hiện sai sót.",
    ];

    private static readonly string[] Weather =
    [
        "trời nhiều mây, có lúc có mưa; gió nhẹ.",
        "trời nắng, đêm không mưa; gió nhẹ.",
        "có mưa rào và dông vài nơi; đề phòng sạt lở đất ở vùng núi.",
        "sáng sớm có sương mù, trưa chiều nắng nhẹ.",
    ];

    public static string Of(DemoDice world, Indicator indicator, Measure measure, string area, Period period)
    {
        var chance = world.And(measure.Code).And(area).And((int)period.Frequency).And(period.Index);
        var texts = measure.Unit == "Bản tin" ? Weather : Findings;
        return $"{DemoSource.Notice} ({period}). {indicator.Name}: {texts[chance.Below(texts.Length)]}";
    }
}
