using System.Text.RegularExpressions;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>A figure that InfluxDB does not take: the world's one, with what <c>publish status</c> says of it.</summary>
internal sealed partial record RefusedPoint(
    string Set,
    string Measure,
    string MeasureName,
    string AreaName,
    string Period,
    string Reason
)
{
    public static async Task<IReadOnlyList<RefusedPoint>> AllAsync(Sight sight)
    {
        var lines = await sight.Roads.PublishedAsync();
        var figure = BoardWorld.Refused;
        return
        [
            .. lines
                .Select(line => Line().Match(line))
                .Where(match => match.Success)
                .Select(match => new RefusedPoint(
                    figure.Set,
                    figure.Measure,
                    sight.Decisions.Measure(figure.Set, figure.Measure).Measure.Name,
                    sight.Decisions.Area(figure.Area).FullName,
                    match.Groups["period"].Value,
                    match.Groups["reason"].Value
                )),
        ];
    }

    [GeneratedRegex("^ +series [0-9]+, (?<period>[^:]+): (?<reason>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
