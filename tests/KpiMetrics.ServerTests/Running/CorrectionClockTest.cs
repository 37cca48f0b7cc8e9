using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using KpiMetrics.ServerTests.Servers;
using KpiMetrics.ServerTests.Support;

namespace KpiMetrics.ServerTests.Running;

/// <summary>
/// How long it takes by the clock on the wall from the push of a correction until InfluxDB has it with all that is derived from it, in a worker that has nothing
/// else to do; and how many points InfluxDB was sent.
/// </summary>
/// <remarks>One figure is corrected to and fro: what InfluxDB must have is known of the time before, when it was held against the export.</remarks>
[Collection(WorkerTests.Name)]
public sealed class CorrectionClockTest(SharedPostgres postgres)
{
    private const string Measure = "TN-A01.01";
    private const string Commune = "97003";
    private const string Month = "2022-05";
    private const int Stated = 41_000;
    private const int Corrected = 47_500;

    private static readonly int[] Turns = [Stated, Corrected, Stated];

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(1);

    // Of those that the machine was busy with something else.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Correction_IntoSqlite_IsInInfluxWithinASecondAndNothingElseIsWritten() => MeasureAsync("SQLite", null);

    [Fact]
    public async Task Correction_IntoPostgres_IsInInfluxWithinASecondAndNothingElseIsWritten() =>
        await MeasureAsync("PostgreSQL", await postgres.CreateDatabaseAsync(Token));

    private static async Task MeasureAsync(string ledger, string? database)
    {
        await using var influx = await InfluxServer.StartAsync(Token);
        using var installation = new Installation(influx) { Postgres = database };
        await using var worker = await installation.RunUntilUpAsync();
        await worker.WaitForLineAsync("need not be any more", Installation.Patience, Token); // before that it is not calm
        using var office = await PushClient.OfAsync(installation, worker, "Sở Nông nghiệp");
        await PushAsync(office, 0, History());
        var points = new Dictionary<int, HashSet<string>> { [Stated] = await SettledAsync(installation, influx, worker) };
        await PushAsync(office, 1, [Row(Measure, Commune, Month, Corrected)]);
        points[Corrected] = await SettledAsync(installation, influx, worker);
        var changed = points[Corrected].Except(points[Stated]).Count();
        Assert.InRange(changed, 10, points[Stated].Count - 1); // at least the rest of its year and the next one

        var times = new List<TimeSpan>();
        foreach (var (turn, value) in Turns.Index())
        {
            var before = influx.IsOwn ? await influx.WrittenAsync(Token) : 0;
            var clock = Stopwatch.StartNew();
            await PushAsync(office, turn + 2, [Row(Measure, Commune, Month, value)]);
            await Eventually.SeesAsync(
                "the correction with all that is derived from it",
                () => PointsAsync(influx),
                seen => seen.SetEquals(points[value]),
                Installation.Patience,
                Token,
                () => worker.Said
            );
            times.Add(clock.Elapsed);
            Assert.Equal(points[value].Order(), (await SettledAsync(installation, influx, worker)).Order());
            if (influx.IsOwn)
                Assert.Equal(changed, await influx.WrittenAsync(Token) - before);
        }

        var milliseconds = times.Select(time => FormattableString.Invariant($"{time.TotalMilliseconds:F0} ms"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{ledger}: {changed} points in InfluxDB after {string.Join(", ", milliseconds)}"
        );
        Assert.All(times, time => Assert.InRange(time, TimeSpan.Zero, Longest));
        Assert.InRange(times.Min(), TimeSpan.Zero, Promised);
    }

    /// <summary>Waits until nothing is to be published, holds all of InfluxDB against the export, and gives the points of the measure, from which no other follows.</summary>
    private static async Task<HashSet<string>> SettledAsync(Installation installation, InfluxServer influx, WorkerProcess worker)
    {
        await installation.AllPublishedAsync(worker);
        await BoardPoints.EqualAsync(influx, await installation.ExportAsync(TestSet.Code), Token);
        return await PointsAsync(influx);
    }

    private static async Task<HashSet<string>> PointsAsync(InfluxServer influx)
    {
        var rows = await influx.QueryAsync($"SELECT * FROM kpi WHERE measure = '{Measure}'", Token);
        return [.. rows.Select(Text)];

        static string Text(Dictionary<string, JsonElement> row) =>
            string.Join(' ', row.OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key}={cell.Value}"));
    }

    private static async Task PushAsync(PushClient office, int number, IEnumerable<string> rows)
    {
        var (status, said) = await office.PushAsync(FormattableString.Invariant($"lan-thu-{number:00}"), rows, TestSet.Code);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"repeated\":0,\"refused\":0", said, StringComparison.Ordinal);
    }

    private static IEnumerable<string> History()
    {
        var random = new Random(17);
        return from measure in TestSet.FirstMeasures.Take(2)
            from commune in TestSet.Communes // all: a total of some is compared with nothing
            from month in TestSet.Months
            select Row(
                measure,
                commune,
                month,
                (measure, commune, month) == (Measure, Commune, Month) ? Stated : random.Next(1_000, 100_000)
            );
    }

    private static string Row(string measure, string area, string period, int value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"indicator":"{{measure[..6]}}","measure":"{{measure}}","area":"{{area}}","period":"{{period}}","value":{{value}}}"""
        );
}
