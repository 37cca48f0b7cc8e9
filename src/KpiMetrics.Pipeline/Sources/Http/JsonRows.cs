using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace KpiMetrics.Pipeline.Sources.Http;

/// <summary>Reads rows out of a JSON answer by the paths of its source.</summary>
internal static class JsonRows
{
    // A decimal keeps 28 digits for certain; a longer number would be rounded without a word.
    private const int MostDigits = 28;

    /// <exception cref="BrokenReportException">The text is not JSON, or a path is not one.</exception>
    public static IReadOnlyList<RawRow> Read(string json, HttpSourceOptions options, HttpQuestion question)
    {
        var root = Parse(json, options);
        try
        {
            return root.SelectTokens(options.Rows).Select((item, at) => Row(item, at + 1, options, question)).ToList();
        }
        catch (JsonException fault)
        {
            throw new BrokenReportException(
                $"source {options.Name}: a JSON path of its settings does not fit: {fault.Message}",
                fault
            );
        }
    }

    private static JToken Parse(string json, HttpSourceOptions options)
    {
        using var reader = new JsonTextReader(new StringReader(json))
        {
            FloatParseHandling = FloatParseHandling.Decimal,
            DateParseHandling = DateParseHandling.None,
        };
        try
        {
            var root = JToken.ReadFrom(reader);
            return reader.Read()
                ? throw new BrokenReportException($"source {options.Name}: there is more behind the end of the JSON answer")
                : root;
        }
        catch (JsonException fault)
        {
            var start = json.Length > 40 ? json[..40] + "..." : json;
            throw new BrokenReportException(
                $"source {options.Name}: the answer is not JSON (line {reader.LineNumber}): '{start.ReplaceLineEndings(" ")}'",
                fault
            );
        }
    }

    private static RawRow Row(JToken item, int number, HttpSourceOptions options, HttpQuestion question) =>
        new(number)
        {
            Indicator = Cell(item, "indicator", options) ?? Asked(question.Indicator),
            Measure = Cell(item, "measure", options) ?? RawCell.Empty,
            Subject = Cell(item, "subject", options) ?? RawCell.Empty,
            Area = Cell(item, "area", options) ?? RawCell.Empty,
            Period = Cell(item, "period", options) ?? Asked(question.Period.ToString()),
            Value = Cell(item, "value", options) ?? RawCell.Empty,
            Status = Cell(item, "status", options) ?? RawCell.Empty,
            Vintage = Cell(item, "vintage", options) ?? RawCell.Empty,
            Note = Cell(item, "note", options) ?? RawCell.Empty,
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
            { Type: JTokenType.String } => new(token.Value<string>()!.Trim().Normalize(), CellKind.Text, address), // a string has a value
            { Type: JTokenType.Integer or JTokenType.Float } => Number((JValue)token, address),
            _ => new($"a JSON {token.Type.ToString().ToLowerInvariant()}", CellKind.Other, address),
        };
    }

    private static RawCell Number(JValue token, string address)
    {
        var text = Convert.ToString(token.Value, CultureInfo.InvariantCulture) ?? "";
        return text.Count(char.IsAsciiDigit) >= MostDigits
            ? new($"a number of {MostDigits} digits or more", CellKind.Other, address)
            : new(text, CellKind.Number, address);
    }
}
