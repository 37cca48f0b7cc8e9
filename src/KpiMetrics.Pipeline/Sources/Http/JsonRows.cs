using System.Text;
using KpiMetrics.Core.Figures;
using Newtonsoft.Json.Linq;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Reads rows out of a JSON answer by the paths of its source.</summary>
internal static class JsonRows
{
    private const string EachItem = "[*]";
    private const int ShownOfAnswer = 40;

    /// <param name="json">UTF-8 without a byte order mark.</param>
    /// <exception cref="BrokenReportException">The text is not JSON, a path is not one, or there is no list where one should be.</exception>
    public static IReadOnlyList<RawRow> Read(ReadOnlyMemory<byte> json, HttpSourceOptions options, SourceQuestion question)
    {
        var root = Parse(json, options);
        try
        {
            var rows = root.SelectTokens(options.Rows).Select((item, at) => Row(item, at + 1, options, question)).ToList();
            return rows.Count > 0 || HasList(root, options.Rows)
                ? rows
                : throw new BrokenReportException($"source {options.Name}: the answer has no list at '{options.Rows}'");
        }
        catch (Exception fault) when (fault is Newtonsoft.Json.JsonException or ArgumentException)
        {
            throw new BrokenReportException(
                $"source {options.Name}: a JSON path of its settings does not fit: {fault.Message}",
                fault
            );
        }
    }

    private static JToken Parse(ReadOnlyMemory<byte> json, HttpSourceOptions options)
    {
        try
        {
            return JsonTree.Read(json);
        }
        catch (System.Text.Json.JsonException fault)
        {
            var start = Encoding.UTF8.GetString(json.Span[..Math.Min(json.Length, 4 * ShownOfAnswer)]);
            throw new BrokenReportException(
                $"source {options.Name}: the answer is not JSON (line {fault.LineNumber + 1}): {Shown.Of(start, ShownOfAnswer)}",
                fault
            );
        }
        catch (InvalidOperationException fault)
        {
            throw new BrokenReportException($"source {options.Name}: the answer holds half a character: {fault.Message}", fault);
        }
    }

    // An empty list is an answer; an error document or one of another shape is not.
    private static bool HasList(JToken root, string rows) =>
        !rows.EndsWith(EachItem, StringComparison.Ordinal)
        || root.SelectTokens(rows[..^EachItem.Length]).Any(found => found is JArray);

    private static RawRow Row(JToken item, int number, HttpSourceOptions options, SourceQuestion question) =>
        new(number)
        {
            Indicator = Cell(item, "indicator", options) ?? Asked(question.Indicator),
            Measure = Cell(item, "measure", options) ?? RawCell.Empty,
            Subject = Cell(item, "subject", options) ?? RawCell.Empty,
            Area = Cell(item, "area", options) ?? RawCell.Empty,
            Period = Cell(item, "period", options) ?? Asked(question.First.ToString()),
            Value = Cell(item, "value", options) ?? RawCell.Empty,
            Status = Cell(item, "status", options) ?? RawCell.Empty,
            Vintage = Cell(item, "vintage", options) ?? RawCell.Empty,
            Note = Cell(item, "note", options) ?? RawCell.Empty,
            Unit = Cell(item, "unit", options) ?? RawCell.Empty,
            Agency = Cell(item, "agency", options) ?? RawCell.Empty,
        };

    private static RawCell Asked(string text) => new(text, CellKind.Text, "");

    private static RawCell? Cell(JToken item, string column, HttpSourceOptions options)
    {
        if (!options.Columns.TryGetValue(column, out var path))
            return null;
        if (path.StartsWith('='))
            return new(path[1..], CellKind.Text, "");
        var token = item.SelectToken(path);
        var address = token?.Path ?? $"{item.Path}: {path}";
        return token switch
        {
            null or { Type: JTokenType.Null } => new("", CellKind.Text, address),
            { Type: JTokenType.String } => new(Clean((string?)token ?? ""), CellKind.Text, address),
            _ when JsonTree.Digits(token) is { } digits => new(digits, CellKind.Number, address),
            _ => new($"a JSON {token.Type.ToString().ToLowerInvariant()}", CellKind.Other, address),
        };
    }

    private static string Clean(string text) => text.Trim().Normalize();
}
