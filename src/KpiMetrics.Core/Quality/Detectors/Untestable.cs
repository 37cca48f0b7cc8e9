using System.Globalization;

namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>There is too little to say anything.</summary>
/// <param name="Points">The earlier figures that could be used.</param>
public sealed record Untestable(UntestableReason Reason, int Points) : DetectorResult
{
    /// <summary>For logs: <c>cannot test: 5 points</c>.</summary>
    public override string ToString() =>
        Reason switch
        {
            UntestableReason.TooFewPoints => string.Create(CultureInfo.InvariantCulture, $"cannot test: {Points} points"),
            UntestableReason.AllZero => string.Create(CultureInfo.InvariantCulture, $"cannot test: all {Points} points are 0"),
            UntestableReason.CodedAnswers => "cannot test: coded answers",
            _ => "cannot test: no number",
        };

    /// <summary>For the office that reports.</summary>
    public string Vietnamese =>
        Reason switch
        {
            UntestableReason.TooFewPoints => string.Create(
                CultureInfo.InvariantCulture,
                $"Chưa kiểm tra được: mới có {Points} kỳ số liệu trước đó."
            ),
            UntestableReason.AllZero => string.Create(
                CultureInfo.InvariantCulture,
                $"Chưa kiểm tra được: cả {Points} kỳ trước đó đều bằng 0."
            ),
            UntestableReason.CodedAnswers => "Không kiểm tra: câu trả lời được mã hóa, không phải số đo.",
            _ => "Không kiểm tra: chỉ tiêu không phải là số.",
        };
}
