using System.Text.RegularExpressions;
using KpiMetrics.Pipeline.Sources.Sites;

namespace KpiMetrics.Pipeline.Sources.Sql;

/// <summary>Whether the settings of a database fit together.</summary>
internal static partial class SqlRules
{
    private static readonly string[] Parameters = ["indicator", "frequency", "from", "to", "periods"];

    public static IEnumerable<SiteFault> Check(SqlSourceOptions source)
    {
        foreach (var fault in AnnotationRules.Check(source, "connection"))
            yield return fault;
        if (source.Query.TrimEnd().TrimEnd(';').Contains(';', StringComparison.Ordinal))
            yield return new(source, "query", "'query' has a ; before its end; allowed is one statement");
        foreach (var name in Parameter().Matches(source.Query).Select(match => match.Groups["name"].Value).Distinct())
        {
            if (!Parameters.Contains(name, StringComparer.Ordinal))
            {
                var allowed = string.Join(", ", Parameters.Select(known => "@" + known));
                yield return new(source, "query", $"'query' has the parameter @{name}; allowed: {allowed}");
            }
        }
    }

    // Not the operators that end or begin with @, nor an address of mail within a text.
    [GeneratedRegex(@"(?<![\w@<>.])@(?<name>[A-Za-z_]\w*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
