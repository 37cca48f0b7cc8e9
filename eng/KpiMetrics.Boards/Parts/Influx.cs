using KpiMetrics.Pipeline.Publishing;

namespace KpiMetrics.Boards.Parts;

/// <summary>Pieces of InfluxQL that several boards have.</summary>
internal static class Influx
{
    /// <summary>What makes a series, and by which answers of InfluxDB and PostgreSQL are put together.</summary>
    public static IReadOnlyList<string> Key { get; } =
    [InfluxNames.Measure, InfluxNames.Subject, InfluxNames.Freq, InfluxNames.Area];

    public static string Quoted(string name) => $"\"{name}\"";

    /// <summary>A condition: the tag is this.</summary>
    public static string Is(string tag, string value) => $"{Quoted(tag)} = '{value}'";

    /// <summary>A condition: the tag is what was chosen.</summary>
    public static string IsChosen(string tag, string variable) => Is(tag, $"${{{variable}:raw}}");

    /// <summary>A condition: the tag is one of what was chosen.</summary>
    public static string IsAmong(string tag, string variable) => $"{Quoted(tag)} =~ /^${{{variable}:regex}}$/";

    /// <summary>The newest figure of each series with what was derived from it.</summary>
    public static string Latest(params ReadOnlySpan<string> conditions) =>
        $"SELECT last({Quoted(InfluxNames.Value)}) AS {Quoted(InfluxNames.Value)}, {Others} FROM {Quoted(InfluxNames.Kpi)} "
        + $"WHERE {string.Join(" AND ", conditions)} GROUP BY {string.Join(", ", Key.Select(Quoted))}";

    /// <summary>One field of a series, or several, over the time that is shown.</summary>
    public static string Course(string field, params ReadOnlySpan<string> conditions) =>
        $"SELECT {Quoted(field)} FROM {Quoted(InfluxNames.Kpi)} WHERE {string.Join(" AND ", conditions)} AND $timeFilter";

    private static string Others { get; } =
        string.Join(
            ", ",
            new[]
            {
                InfluxNames.Pop,
                InfluxNames.Yoy,
                InfluxNames.Ytd,
                InfluxNames.YtdYoy,
                InfluxNames.Plan,
                InfluxNames.Coverage,
                InfluxNames.Demo,
            }.Select(Quoted)
        );
}
