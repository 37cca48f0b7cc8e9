using System.Text.RegularExpressions;

namespace KpiMetrics.Pipeline.Catalog.Yaml;

/// <summary>A single value. Unquoted ones may be something else than text by YAML 1.2's core schema.</summary>
internal sealed partial record YamlScalar(int Line, string Text, bool IsPlain) : YamlItem(Line)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public bool IsFlag => IsPlain && Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE";

    public bool IsNumber => IsPlain && Number().IsMatch(Text);

    public bool IsText => !IsNull && !IsFlag && !IsNumber;

    public override string Description =>
        this switch
        {
            { IsNull: true } or { Text: "" } => "empty",
            { IsFlag: true } => $"the truth value {Text}",
            { IsNumber: true } => $"the number {Text}",
            _ => $"'{Text}'",
        };

    [GeneratedRegex(
        @"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Number();
}
