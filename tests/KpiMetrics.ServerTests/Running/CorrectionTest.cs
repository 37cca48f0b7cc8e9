using System.Globalization;
using System.Text.RegularExpressions;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>What one corrected or withdrawn figure changes in a real InfluxDB: all that is derived from it, and nothing else.</summary>
[Collection(WorkerTests.Name)]
public sealed partial class CorrectionTest
{
    private const string Header = "indicator,measure,area,period,value,status\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Correction_OfOneFigure_RewritesWhatIsDerivedFromItAndNothingElse()
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx);
        await using var worker = await installation.RunUntilUpAsync();
        var random = new Random(17);
        var history =
            from measure in TestSet.FirstMeasures
            from commune in TestSet.Communes // all: a total of some is compared with nothing
            from month in TestSet.Months
            select Row(measure, commune, month, random.Next(1_000, 100_000).ToString(CultureInfo.InvariantCulture));
        await ImportAsync(installation, "history.csv", [.. history]);
        var before = await PublishedAsync(installation, influx, worker);

        var corrected = await ChangeAsync("correction.csv", Row("TN-A01.01", "97003", "2022-05", "123456"));
        Assert.Equal(
            (corrected.Changed, corrected.Changed, 0),
            (corrected.Written, corrected.Sent, corrected.Gone) // counted by the worker and by InfluxDB: not one point more
        );

        var withdrawn = await ChangeAsync("withdrawal.csv", Row("TN-A01.01", "97003", "2022-05", "", "M"));
        Assert.Equal((withdrawn.Changed, withdrawn.Changed, 1), (withdrawn.Written, withdrawn.Sent, withdrawn.Gone));

        async Task<(int Changed, int Gone, int Written, int Sent)> ChangeAsync(string name, string row)
        {
            var (said, sent) = (worker.Output.Count, influx.IsOwn ? await influx.WrittenAsync(Token) : 0);
            await ImportAsync(installation, name, [row]);
            var after = await PublishedAsync(installation, influx, worker);
            var known = before.ToDictionary(Key, figure => figure.ToString(), StringComparer.Ordinal);
            var changed = after.Count(figure => known.GetValueOrDefault(Key(figure)) != figure.ToString());
            var gone = known.Keys.Except(after.Select(Key), StringComparer.Ordinal).Count();
            before = after;
            var written = worker
                .Output.Skip(said)
                .Select(line => Published().Match(line))
                .Where(match => match.Success)
                .Sum(match => int.Parse(match.Groups["points"].Value, CultureInfo.InvariantCulture));
            // A server that others use too counts what they do.
            return (changed, gone, written, influx.IsOwn ? (int)(await influx.WrittenAsync(Token) - sent) : written);
        }
    }

    private static async Task<IReadOnlyList<ExportedFigure>> PublishedAsync(
        Installation installation,
        InfluxServer influx,
        WorkerProcess worker
    )
    {
        await installation.AllPublishedAsync(worker);
        var figures = await installation.ExportAsync(TestSet.Code);
        await BoardPoints.EqualAsync(influx, figures, Token);
        return figures;
    }

    private static async Task ImportAsync(Installation installation, string name, IReadOnlyList<string> rows) =>
        await installation.DoAsync("import", installation.Write(name, Header + string.Join('\n', rows)), "--set", TestSet.Code);

    private static string Row(string measure, string area, string period, string value, string status = "") =>
        $"{measure[..6]},{measure},{area},{period},{value},{status}";

    private static string Key(ExportedFigure figure) =>
        $"{figure["measure"]} {figure["subject"]} {figure["area"]} {figure["freq"]} {figure["period"]}";

    [GeneratedRegex("Published (?<points>[0-9]+) points", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Published();
}
