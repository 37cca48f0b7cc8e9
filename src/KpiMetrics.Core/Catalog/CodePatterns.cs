using System.Text.RegularExpressions;

namespace KpiMetrics.Core.Catalog;

/// <summary>What codes look like; the JSON Schemas in seeds/ hold the same patterns.</summary>
public static partial class CodePatterns
{
    /// <summary>Sets and subjects: <c>lao-cai</c>, <c>khoai-lang</c>.</summary>
    public const string Lower = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /// <summary>Prefixes, groups and areas: <c>LC</c>, <c>F1</c>, <c>24</c>, <c>VN</c>.</summary>
    public const string Upper = "^[A-Z0-9]+$";

    internal const string LowerExample = "lower-case letters a-z and digits, words joined by single hyphens";

    internal const string UpperExample = "upper-case letters A-Z and digits";

    public static bool IsLower(string text) => LowerCode().IsMatch(text);

    public static bool IsUpper(string text) => UpperCode().IsMatch(text);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LowerCode();

    [GeneratedRegex(@"^[A-Z0-9]+\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex UpperCode();
}
