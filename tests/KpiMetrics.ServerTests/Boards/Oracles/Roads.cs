using System.Globalization;
using System.Text.Json;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Boards.Oracles;

/// <summary>What the worker's commands say, none of which reads the boards' views or InfluxDB; kept until something changes.</summary>
internal sealed class Roads(Installation installation)
{
    private readonly Dictionary<string, ExportedFigures> figures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Found>> findings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<KeptAlert>> alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (IReadOnlyList<Owed> All, DateTimeOffset Until)> owed = new(StringComparer.Ordinal);
    private IReadOnlyList<Declared>? declared;
    private IReadOnlyList<string>? published;

    /// <summary>Something was reported, a worker ran, or somebody dealt with an alert.</summary>
    public void Forget()
    {
        figures.Clear();
        findings.Clear();
        alerts.Clear();
        owed.Clear();
        (declared, published) = (null, null);
    }

    /// <summary><c>export</c>.</summary>
    public async Task<ExportedFigures> FiguresAsync(string set)
    {
        if (!figures.TryGetValue(set, out var known))
            figures[set] = known = new(await installation.ExportAsync(set));
        return known;
    }

    /// <summary><c>check --json</c>.</summary>
    public async Task<IReadOnlyList<Found>> FindingsAsync(string set)
    {
        if (!findings.TryGetValue(set, out var known))
        {
            var listed = await installation.JsonAsync("check", "--set", set, "--json");
            findings[set] = known = [.. listed.EnumerateArray().Select(Found.Of)];
        }
        return known;
    }

    /// <summary><c>alerts list --json</c>, all that somebody dealt with or evidence closed; of the others there is nothing to say but that they fire.</summary>
    public async Task<IReadOnlyList<KeptAlert>> AlertsAsync(string set)
    {
        if (!alerts.TryGetValue(set, out var known))
        {
            var listed = await AskAsync("alerts", "list", "--set", set, "--state", "acknowledged,explained,resolved");
            alerts[set] = known = [.. listed.EnumerateArray().Select(KeptAlert.Of)];
        }
        return known;
    }

    /// <summary><c>obligations --json</c> as they stood at an instant that is not before the one asked of last; asked again only when one of them has passed a deadline since.</summary>
    public async Task<IReadOnlyList<Owed>> OwedAsync(string set, DateTimeOffset at)
    {
        if (owed.TryGetValue(set, out var known) && at < known.Until)
            return known.All;
        var listed = await installation.JsonAsync("obligations", "--set", set, "--json", "--at", At(at));
        var all = listed.EnumerateArray().Select(Owed.Of).ToList();
        var deadlines = all.SelectMany(one => new[] { one.PastDueAt, one.PastGraceAt }).Where(deadline => deadline > at);
        owed[set] = (all, deadlines.DefaultIfEmpty(DateTimeOffset.MaxValue).Min());
        return all;
    }

    /// <summary><c>emergency list --json</c>, those in force alone.</summary>
    public async Task<IReadOnlyList<Declared>> EmergenciesAsync()
    {
        if (declared is not null)
            return declared;
        var listed = await installation.JsonAsync("emergency", "list", "--json");
        return declared = [
            .. listed
                .EnumerateArray()
                .Where(one => one.GetProperty("state").GetString() == "in-force")
                .Select(one => new Declared(
                    one.GetProperty("order").GetString() ?? "",
                    [.. one.GetProperty("areas").EnumerateArray().Select(code => code.GetString() ?? "")],
                    one.GetProperty("from").GetDateTimeOffset(),
                    one.GetProperty("until").GetDateTimeOffset()
                )),
        ];
    }

    /// <summary>The lines of <c>publish status</c>.</summary>
    public async Task<IReadOnlyList<string>> PublishedAsync() =>
        published ??= [.. (await installation.DoAsync("publish", "status")).SelectMany(text => text.Split('\n'))];

    /// <summary><c>explain --json</c>.</summary>
    public Task<JsonElement> ExplainAsync(string series, string period) =>
        installation.JsonAsync("explain", series, "--period", period, "--json");

    /// <summary>Any other command that prints JSON; asked each time.</summary>
    public Task<JsonElement> AskAsync(params string[] arguments) => installation.JsonAsync([.. arguments, "--json"]);

    private static string At(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
