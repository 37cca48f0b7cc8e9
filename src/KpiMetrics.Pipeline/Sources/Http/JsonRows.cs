using System.Text;
using KpiMetrics.Core.Figures;
using Newtonsoft.Json.Linq;
using static System.FormattableString;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Reads rows out of a page of a JSON answer by the paths of its source.</summary>
/// <param name="page">Its number, from 1.</param>
/// <param name="before">How many items the pages before it had.</param>
/// <param name="now">What stated times are measured against.</param>
internal sealed class JsonRows(HttpSourceOptions options, SourceQuestion question, int page, int before, DateTimeOffset now)
{
    private const string EachItem = "[*]";
    private const int ShownOfAnswer = 40;

    /// <exception cref="BrokenReportException">A path is not one, or there is no list where one should be.</exception>
    public IReadOnlyList<StatedRow> Read(JToken root)
    {
        try
        {
            var rows = root.SelectTokens(options.Rows).Select((item, at) => Stated(item, Row(item, before + at + 1))).ToList();
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

    /// <param name="json">UTF-8 without a byte order mark.</param>
    /// <exception cref="BrokenReportException">The text is not JSON.</exception>
    public static JToken Parse(ReadOnlyMemory<byte> json, HttpSourceOptions options)
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

    private StatedRow Stated(JToken item, RawRow row) =>
        options.StatedAt.Length == 0
            ? new(row, null)
            : StatedTime.Of(row, (string?)(item.SelectToken(options.StatedAt) as JValue) ?? "", now);

    private RawRow Row(JToken item, int number) =>
        new(number)
        {
            Indicator = Cell(item, "indicator") ?? Asked(question.Indicator),
            Measure = Cell(item, "measure") ?? RawCell.Empty,
            Subject = Cell(item, "subject") ?? RawCell.Empty,
            Area = Cell(item, "area") ?? RawCell.Empty,
            Period = Cell(item, "period") ?? Asked(question.First.ToString()),
            Value = Cell(item, "value") ?? RawCell.Empty,
            Status = Cell(item, "status") ?? RawCell.Empty,
            Vintage = Cell(item, "vintage") ?? RawCell.Empty,
            Note = Cell(item, "note") ?? RawCell.Empty,
            Unit = Cell(item, "unit") ?? RawCell.Empty,
            Agency = Cell(item, "agency") ?? RawCell.Empty,
        };

    private static RawCell Asked(string text) => new(text, CellKind.Text, "");

    private RawCell? Cell(JToken item, string column)
    {
        if (!options.Columns.TryGetValue(column, out var path))
            return null;
        if (path.StartsWith('='))
            return new(path[1..], CellKind.Text, "");
        var token = item.SelectToken(path);
        var inPage = token?.Path ?? $"{item.Path}: {path}";
        var address = page == 1 ? inPage : Invariant($"page {page}: {inPage}");
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
