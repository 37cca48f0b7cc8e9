using System.Globalization;
using System.Text.Json;
using KpiMetrics.Faults.Load;
using KpiMetrics.Faults.Troubles;
using KpiMetrics.Faults.World;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.Faults.Checking;

/// <summary>Holds ledger, obligations and InfluxDB against what was answered to the offices.</summary>
internal sealed class Verification(Site site, IReadOnlyList<Desk> desks, Journal journal, Losses losses)
{
    private const string Pushed = "source_id IN (SELECT id FROM source WHERE name = 'push')";

    private readonly Dictionary<FigureKey, Stated> stated = desks
        .SelectMany(desk => desk.Maker.Stated)
        .ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>Figures that were reported.</summary>
    public int Figures => stated.Count;

    public async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        losses.Add("answer", journal.Faults);
        try
        {
            await site.DoAsync(cancellationToken, "publish", "verify", "--dry-run");
        }
        catch (InvalidOperationException fault)
        {
            losses.Add("verify", fault.Message);
        }
        await CountAsync(cancellationToken);
        foreach (var indicator in site.Sets.SelectMany(set => set.Indicators))
        {
            var figures = await site.ExportAsync(indicator, cancellationToken);
            Compare(indicator, figures);
            var query = $"SELECT * FROM kpi WHERE \"set\" = '{indicator.Set.Code}' AND indicator = '{indicator.Code}'";
            if (await BoardPoints.FindDifferenceAsync(site.Influx, figures, query, cancellationToken) is { } difference)
                losses.Add("InfluxDB", $"{indicator.Code}: {difference}");
            await output.WriteLineAsync($"checked {indicator.Code}: {figures.Count} figures with those computed");
            if (indicator.Frequency != 'H')
                await CompareObligationsAsync(indicator, cancellationToken);
        }
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        await EqualAsync(
            "reports in the ledger",
            $"SELECT COUNT(*) FROM report WHERE {Pushed}",
            journal.Pushes,
            cancellationToken
        );
        var statements = stated.Values.Sum(of => (long)of.Statements);
        await EqualAsync(
            "statements in the ledger",
            $"SELECT COUNT(*) FROM observation WHERE {Pushed}",
            statements,
            cancellationToken
        );
        await EqualAsync(
            "rows refused in the ledger's reports",
            $"SELECT SUM(refused) FROM report WHERE {Pushed}",
            journal.Refusals,
            cancellationToken
        );
        await EqualAsync("points that InfluxDB refused", "SELECT COUNT(*) FROM refused_point", 0, cancellationToken);
    }

    private async Task EqualAsync(string what, string sql, long expected, CancellationToken cancellationToken)
    {
        var found = await site.Ledger.CountAsync(sql, cancellationToken);
        if (found != expected)
            losses.Add("count", string.Create(CultureInfo.InvariantCulture, $"{what}: {found}, not {expected}"));
    }

    private void Compare(LoadIndicator indicator, IReadOnlyList<ExportedFigure> figures)
    {
        var expected = stated.Where(of => IsOf(indicator, of.Key) && of.Value.Value.Length > 0).ToDictionary();
        foreach (var figure in figures.Where(figure => figure.IsReported))
        {
            var key = new FigureKey(figure["set"], figure["measure"], figure["area"], figure["period"]);
            if (!expected.Remove(key, out var of))
                losses.Add("ledger", $"{key} is {figure["value"]}, which nobody reported");
            else if (figure["value"] != of.Value || figure["revision"] != of.Statements.ToString(CultureInfo.InvariantCulture))
                losses.Add(
                    "ledger",
                    $"{key} is {figure["value"]} after {figure["revision"]}, not {of.Value} after {of.Statements}"
                );
        }
        foreach (var (key, of) in expected)
            losses.Add("ledger", $"{key} is not there: {of.Value} after {of.Statements}");
    }

    private async Task CompareObligationsAsync(LoadIndicator indicator, CancellationToken cancellationToken)
    {
        // What a worker took while its clock was ahead counts from that instant on, so the question is put for one after all of them.
        var later = TimeProvider.System.GetUtcNow() + StepClock.Furthest + TimeSpan.FromMinutes(1);
        var all = await site.JsonAsync(
            cancellationToken,
            [
                "obligations",
                "--set",
                indicator.Set.Code,
                "--indicator",
                indicator.Code,
                "--at",
                later.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
                "--json",
                "--limit",
                "1000000",
            ]
        );
        var complete = 0;
        foreach (var obligation in all.EnumerateArray())
        {
            var (area, period) = (Text(obligation, "area"), Text(obligation, "period"));
            var isComplete = Enumerable
                .Range(1, indicator.Measures)
                .All(number =>
                    stated.TryGetValue(new(indicator.Set.Code, indicator.Measure(number), area, period), out var of)
                    && of.Value.Length > 0
                );
            complete += isComplete ? 1 : 0;
            var state = Text(obligation, "state");
            if (isComplete != state is "received" or "received-late")
                losses.Add("obligation", $"{indicator.Code} {area} {period} is {state}; complete: {isComplete}");
        }
        if (complete == 0)
            losses.Add("obligation", $"{indicator.Code} has none that is complete: nothing was checked");
    }

    private static bool IsOf(LoadIndicator indicator, FigureKey key) =>
        key.Set == indicator.Set.Code && key.Measure.StartsWith(indicator.Code, StringComparison.Ordinal);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
}
