using System.Globalization;
using KpiMetrics.Core.Catalog;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>Rain over its thresholds, added up from the hours that are exported; how each is worded, <c>alerts list --json</c> says, which has no other.</summary>
internal static class RaisedThresholds
{
    private const string Set = "lao-cai";
    private const string Rain = "LC-C01.01";
    private const int HoursBack = 72;

    public static async Task<IReadOnlyList<ExpectedAlert>> OfAsync(Sight sight, string set)
    {
        if (set != Set)
            return [];
        var listed = await sight.Roads.AskAsync("alerts", "list", "--set", set, "--kind", "threshold");
        var titles = listed
            .EnumerateArray()
            .ToDictionary(
                alert => alert.GetProperty("alert").GetString() ?? "",
                alert => alert.GetProperty("title").GetString() ?? "",
                StringComparer.Ordinal
            );
        var indicator = sight.Decisions.Measure(set, Rain).Indicator.Code;
        var hours = await RainOracle.HoursAsync(sight);
        var alerts = new List<ExpectedAlert>();
        foreach (var commune in sight.Decisions.Communes(set))
        {
            var fallen = hours[commune.Id]
                .Where(hour => hour["source"] != "demo" && RainOracle.Opens(hour) > Sight.Now.AddHours(-HoursBack))
                .ToDictionary(hour => RainOracle.Opens(hour), hour => decimal.Parse(hour["value"], CultureInfo.InvariantCulture));
            foreach (var threshold in sight.Decisions.Measure(set, Rain).Measure.Thresholds)
            {
                foreach (var level in threshold.Levels)
                {
                    if (UpSince(fallen, threshold, level) is not { } since)
                        continue;
                    var key = $"threshold:{set}/{Rain}/luong-mua/{commune.Id}/{threshold.Code}/{level.Code}";
                    Assert.True(titles.Remove(key, out var title), $"{key} is not raised");
                    var severity = Vocabularies.Severities.Word(level.Severity);
                    alerts.Add(
                        new("threshold", severity, title ?? "", since, sight.Decisions.AgencyOf(set, Rain))
                        {
                            Key = key,
                            Indicator = indicator,
                            Measure = Rain,
                            Area = commune.Id,
                            Way = AlertWay.Of(sight, set, indicator, Rain, commune.Id, "H"),
                        }
                    );
                }
            }
        }
        Assert.Empty(titles);
        return alerts;
    }

    // The hour in which the level was reached; null where it is not up.
    private static DateTimeOffset? UpSince(Dictionary<DateTimeOffset, decimal> fallen, Threshold threshold, ThresholdLevel level)
    {
        DateTimeOffset? since = null;
        foreach (var hour in fallen.Keys.Order())
        {
            var window = Enumerable
                .Range(0, threshold.Hours)
                .Select(back => hour.AddHours(-back))
                .Where(fallen.ContainsKey)
                .Select(one => fallen[one])
                .ToList();
            if (window.Sum() >= level.At)
                since ??= hour;
            else if (window.Count == threshold.Hours && window.Sum() < level.At - threshold.Margin)
                since = null;
        }
        return since;
    }
}
