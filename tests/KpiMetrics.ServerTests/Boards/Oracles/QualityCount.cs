using KpiMetrics.Core.Periods;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>What of the last twelve months counts for and against an office, an indicator and an area.</summary>
/// <param name="Area">The area's identity.</param>
internal sealed record QualityCount(string Agency, string Indicator, string Area)
{
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    public int Figures { get; init; }
    public int Wrong { get; init; }
    public int Suspicious { get; init; }
    public int Disagreeing { get; init; }
    public int Refused { get; init; }
    public int Expected { get; init; }
    public int Received { get; init; }

    /// <summary>At how many frequencies something was due.</summary>
    public int Duties { get; init; }

    /// <summary>At how many of them the newest of it came.</summary>
    public int Alive { get; init; }

    public static async Task<IReadOnlyList<QualityCount>> AllAsync(Sight sight, string set)
    {
        var now = Sight.Now.ToOffset(Vietnam);
        var since = now.AddMonths(-12);
        var figures = await sight.Roads.FiguresAsync(set);
        var found = await sight.Roads.FindingsAsync(set);
        var owed = await sight.Roads.OwedAsync(set, now);
        var refused = set == BoardWorld.Refused.Set ? await RefusedPoint.AllAsync(sight) : [];
        var windows = new Dictionary<(string Indicator, string Period), bool>();
        return
        [
            .. figures
                .All.Where(figure => figure.IsReported && Reaches(figure["indicator"], figure["period"]))
                .GroupBy(figure => (Measure: figure["measure"], Indicator: figure["indicator"], Area: figure["area_id"]))
                .Select(of => new QualityCount(sight.Decisions.AgencyOf(set, of.Key.Measure), of.Key.Indicator, of.Key.Area)
                {
                    Figures = of.Count(),
                }),
            .. found
                .Where(one => Reaches(one.Indicator, one.Period))
                .GroupBy(one => (one.Measure, one.Subject, one.Indicator, one.Area, one.Period))
                .Select(of => new QualityCount(
                    sight.Decisions.AgencyOf(set, of.Key.Measure),
                    of.Key.Indicator,
                    sight.Decisions.AreaOf(set, of.Key.Indicator, of.Key.Area, of.Key.Period).Id
                )
                {
                    Wrong = of.Any(one => one.Sign == FindingSign.Wrong) ? 1 : 0,
                    Suspicious = of.Any(one => one.Sign == FindingSign.Suspicious) ? 1 : 0,
                    Disagreeing = of.Any(one => one.Sign == FindingSign.Disagreeing) ? 1 : 0,
                }),
            .. refused
                .Select(point => (Point: point, Of: sight.Decisions.Measure(set, point.Measure).Indicator.Code))
                .Where(one => Reaches(one.Of, one.Point.Period))
                .Select(one => new QualityCount(
                    sight.Decisions.AgencyOf(set, one.Point.Measure),
                    one.Of,
                    sight.Decisions.Area(BoardWorld.Refused.Area).Id
                )
                {
                    Refused = 1,
                }),
            .. owed.Where(one => one.CountsAt(now) && one.DueAt > since)
                .GroupBy(one => (one.Agency, one.Indicator, one.Freq, one.Area))
                .Select(of => new QualityCount(of.Key.Agency, of.Key.Indicator, sight.Decisions.Area(of.Key.Area).Id)
                {
                    Expected = of.Count(),
                    Received = of.Count(one => one.IsComplete),
                    Duties = 1,
                    Alive = of.MaxBy(one => Period.Parse(one.Period).Index) is { IsComplete: true } ? 1 : 0,
                }),
        ];

        bool Reaches(string indicator, string period)
        {
            if (windows.TryGetValue((indicator, period), out var known))
                return known;
            var (opens, closes) = sight.Decisions.Window(set, indicator, period);
            return windows[(indicator, period)] = closes > since && opens <= now;
        }
    }
}
