using System.Globalization;
using System.Text.RegularExpressions;

namespace KpiMetrics.ServerTests.Boards;

/// <summary>What is chosen on a board, and the texts of queries with it filled in as Grafana does.</summary>
/// <param name="From">From when on the board shows.</param>
/// <param name="To">Until when.</param>
internal sealed partial record BoardValues(DateTimeOffset From, DateTimeOffset To)
{
    private readonly Dictionary<string, IReadOnlyList<(string Value, string Text)>> chosen = new(StringComparer.Ordinal);

    /// <summary>What a variable stands at; several where all were chosen.</summary>
    public IReadOnlyList<string> this[string name] => [.. chosen[name].Select(one => one.Value)];

    public void Choose(string name, IReadOnlyList<(string Value, string Text)> values) => chosen[name] = values;

    /// <summary>The same with one variable at one value, as for a repeated panel.</summary>
    public BoardValues With(string name, string value)
    {
        var values = new BoardValues(From, To);
        foreach (var (other, of) in chosen)
            values.chosen[other] = of;
        values.chosen[name] = [(value, value)];
        return values;
    }

    public string InfluxQl(string text) =>
        Variables(
            text.Replace(
                "$timeFilter",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"time >= {From.ToUnixTimeMilliseconds()}ms and time <= {To.ToUnixTimeMilliseconds()}ms"
                ),
                StringComparison.Ordinal
            )
        );

    public string Sql(string text) =>
        Variables(
            TimeFilter()
                .Replace(text, match => $"{match.Groups["column"].Value} BETWEEN '{Utc(From)}' AND '{Utc(To)}'")
                .Replace("$__timeFrom()", $"'{Utc(From)}'", StringComparison.Ordinal)
        );

    private static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private string Variables(string text)
    {
        var filled = Variable()
            .Replace(
                text,
                match =>
                {
                    var values = chosen.TryGetValue(match.Groups["name"].Value, out var known)
                        ? known
                        : throw new InvalidOperationException($"No variable {match.Value} is chosen.");
                    return match.Groups["format"].Value switch
                    {
                        "sqlstring" => string.Join(
                            ',',
                            values.Select(one => $"'{one.Value.Replace("'", "''", StringComparison.Ordinal)}'")
                        ),
                        "regex" => values is [var single]
                            ? Regex.Escape(single.Value)
                            : $"({string.Join('|', values.Select(one => Regex.Escape(one.Value)))})",
                        "raw" => string.Join(',', values.Select(one => one.Value)),
                        "text" => string.Join(" + ", values.Select(one => one.Text)),
                        var format => throw new NotSupportedException($"The test knows no format '{format}'."),
                    };
                }
            );
        return filled.Contains('$', StringComparison.Ordinal)
            ? throw new InvalidOperationException($"Not all is filled in: {filled}")
            : filled;
    }

    [GeneratedRegex(@"\$\{(?<name>\w+):(?<format>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$__timeFilter\((?<column>[\w.]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimeFilter();
}
