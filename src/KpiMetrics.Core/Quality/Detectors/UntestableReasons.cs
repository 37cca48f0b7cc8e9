namespace KpiMetrics.Core.Quality.Detectors;

/// <summary>How reasons are spelled.</summary>
public static class UntestableReasons
{
    /// <summary>Stable: <c>too-few-points</c>, <c>all-zero</c>, ...</summary>
    public static string Code(this UntestableReason reason) =>
        reason switch
        {
            UntestableReason.TooFewPoints => "too-few-points",
            UntestableReason.AllZero => "all-zero",
            UntestableReason.CodedAnswers => "coded-answers",
            _ => "no-number",
        };

    /// <summary>For officials, in a count: <c>9 vì quá ít kỳ trước</c>.</summary>
    public static string Vietnamese(this UntestableReason reason) =>
        reason switch
        {
            UntestableReason.TooFewPoints => "vì quá ít kỳ trước",
            UntestableReason.AllZero => "vì các kỳ trước đều bằng 0",
            UntestableReason.CodedAnswers => "vì là câu trả lời được mã hóa",
            _ => "vì không phải là số",
        };
}
