using KpiMetrics.Core.Figures;
using KpiMetrics.Pipeline.Sources.Http;

namespace KpiMetrics.Worker.Demo;

/// <summary>The demo agency as sources of the site, one for each of its sets, all of one name.</summary>
public static class DemoSite
{
    /// <param name="address">Where the agency listens.</param>
    public static IEnumerable<HttpSourceOptions> Sources(string address) =>
        DemoScope.Sets.Select(set => new HttpSourceOptions
        {
            Name = DemoSource.Name,
            Set = set,
            Url = $"{address}/{set}/{{indicator}}?frequency={{frequency}}&from_period={{from_period}}&to_period={{to_period}}",
            Rows = "$.items[*]",
            StatedAt = "$.sent_at",
            Columns = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["measure"] = "$.measure",
                ["subject"] = "$.subject",
                ["area"] = "$.area",
                ["period"] = "$.period",
                ["value"] = "$.value",
                ["unit"] = "$.unit",
                ["status"] = "$.status",
                ["vintage"] = "$.vintage",
                ["note"] = "$.note",
            },
            PeriodsPerQuestion = 400,
            MaxBytes = 64 * 1024 * 1024,
            // One office that is down must not make the engine leave all others alone.
            Retries = 0,
            BreakAfter = 1000,
        });
}
