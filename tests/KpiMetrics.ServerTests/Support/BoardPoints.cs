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
        var expected = figures.Select(Expected).Order(StringComparer.Ordinal).ToList();
        var rows = await influx.QueryAsync("SELECT * FROM kpi", cancellationToken);
        var found = rows.Select(Found).Order(StringComparer.Ordinal).ToList();
        if (found.SequenceEqual(expected))
            return;
        Assert.Fail(
            $"""
            InfluxDB has {found.Count} points, the export {expected.Count}.
            In the export only:
            {Some(expected.Except(found, StringComparer.Ordinal))}
            In InfluxDB only:
            {Some(found.Except(expected, StringComparer.Ordinal))}
            """
        );
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
        tags["area"] = AreaIdentity(figure["area"]);
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
            Assert.Contains(column, Fields);
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

    private static string AreaIdentity(string code) => code == "24" ? "24@2025-07-01" : $"{code}@{TestSet.AreasFrom}";

    /// <summary>When the period's window opens: the year of cchc on 15 December before, a month of the test's set on its first day.</summary>
    private static long WindowStart(string set, string period)
    {
        var year = int.Parse(period.AsSpan(0, 4), CultureInfo.InvariantCulture);
        var day = (set, period.Length) switch
        {
            ("cchc", 4) => new DateTime(year - 1, 12, 15),
            (TestSet.Code, 7) => new DateTime(year, int.Parse(period.AsSpan(5), CultureInfo.InvariantCulture), 1),
            _ => throw new ArgumentException($"The test knows no window of {period} in {set}.", nameof(period)),
        };
        return new DateTimeOffset(day, TimeSpan.FromHours(7)).ToUnixTimeSeconds();
    }

    private static string Some(IEnumerable<string> lines) => string.Join('\n', lines.Take(10));
}
