using System.Globalization;
using System.Text.Json;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.ServerTests.Support;

/// <summary>Holds what InfluxQL returns against the export: the same points with the same fields, none missing and none extra.</summary>
internal static class BoardPoints
{
    private static readonly string[] Tags = ["area", "freq", "indicator", "measure", "set", "subject"];

    private static readonly string[] Fields = ["coverage", "plan", "pop", "text", "value", "yoy", "ytd", "ytd_yoy"];

    public static async Task EqualAsync(
        InfluxServer influx,
        IEnumerable<ExportedFigure> figures,
        CancellationToken cancellationToken
    )
    {
        if (await FindDifferenceAsync(influx, figures, "SELECT * FROM kpi", cancellationToken) is { } difference)
            throw new InvalidOperationException(difference);
    }

    /// <summary>What a query of points and an export do not have in common; null where they are equal.</summary>
    public static async Task<string?> FindDifferenceAsync(
        InfluxServer influx,
        IEnumerable<ExportedFigure> figures,
        string query,
        CancellationToken cancellationToken
    )
    {
        var expected = figures.Select(Expected).Order(StringComparer.Ordinal).ToList();
        var rows = await influx.QueryAsync(query, cancellationToken);
        var found = rows.Select(Found).Order(StringComparer.Ordinal).ToList();
        if (found.SequenceEqual(expected))
            return null;
        return $"""
            InfluxDB has {found.Count} points, the export {expected.Count}.
            In the export only:
            {Some(expected.Except(found, StringComparer.Ordinal))}
            In InfluxDB only:
            {Some(found.Except(expected, StringComparer.Ordinal))}
            """;
    }

    private static string Expected(ExportedFigure figure)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var isNumber = decimal.TryParse(figure["value"], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        fields[isNumber ? "value" : "text"] = isNumber ? Double(figure["value"]) : figure["value"];
        foreach (var field in new[] { "pop", "yoy", "ytd", "ytd_yoy", "plan" })
        {
            if (figure[field].Length > 0)
                fields[field] = Double(figure[field]);
        }
        if (Coverage(figure) is { } coverage)
            fields["coverage"] = Double(coverage.ToString(CultureInfo.InvariantCulture));
        var tags = Tags.ToDictionary(tag => tag, tag => figure[tag], StringComparer.Ordinal);
        tags["area"] = figure["area_id"];
        tags["subject"] = figure["subject"].Length == 0 ? "_T" : figure["subject"];
        return Line(tags, fields, WindowStart(figure["set"], figure["period"]));
    }

    /// <summary>Of the year so far, or of the parts that a figure was computed from, whichever lacks more.</summary>
    private static decimal? Coverage(ExportedFigure figure)
    {
        var ofYear = figure["ytd"].Length > 0 ? Number(figure, "ytd_have") / Number(figure, "ytd_need") : null;
        var ofParts = figure.IsReported || Number(figure, "need") == 1 ? null : Number(figure, "have") / Number(figure, "need");
        return ofParts is null || ofYear < ofParts ? ofYear : ofParts;
    }

    private static decimal? Number(ExportedFigure figure, string column) =>
        decimal.Parse(figure[column], CultureInfo.InvariantCulture);

    private static string Found(Dictionary<string, JsonElement> row)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, cell) in row)
        {
            if (column is "" or "time" || Tags.Contains(column) || cell.ValueKind == JsonValueKind.Null)
                continue;
            if (!Fields.Contains(column))
                throw new InvalidOperationException($"InfluxDB has a field {column}.");
            fields[column] = column == "text" ? cell.GetString() ?? "" : Double(cell.GetRawText());
        }
        return Line(
            Tags.ToDictionary(tag => tag, tag => row[tag].GetString() ?? "", StringComparer.Ordinal),
            fields,
            row["time"].GetInt64()
        );
    }

    private static string Line(Dictionary<string, string> tags, SortedDictionary<string, string> fields, long seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Join(tags)} {Join(fields)} {seconds}");

    private static string Join(IEnumerable<KeyValuePair<string, string>> pairs) =>
        string.Join(',', pairs.Select(pair => $"{pair.Key}={pair.Value}"));

    private static string Double(string printed) =>
        double.Parse(printed, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);

    /// <summary>When the period's window opens: the year of cchc on 15 December before, all else as the calendar has it.</summary>
    private static long WindowStart(string set, string period)
    {
        var year = int.Parse(period.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var day = (set, period.Length) switch
        {
            ("cchc", 4) => new DateTime(year - 1, 12, 15),
            (_, 7) => new DateTime(year, int.Parse(period.AsSpan(5), CultureInfo.InvariantCulture), 1),
            (_, 10) => DateTime.ParseExact(period, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            (_, 13) => DateTime.ParseExact(period, "yyyy-MM-ddTHH", CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"The test knows no window of {period} in {set}.", nameof(period)),
        };
        return new DateTimeOffset(day, TimeSpan.FromHours(7)).ToUnixTimeSeconds();
    }

    private static string Some(IEnumerable<string> lines) => string.Join('\n', lines.Take(10));
}
