using System.Diagnostics;
using System.Globalization;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>We and a bare peer by turns on one kind of store; the best of each counts.</summary>
internal sealed class IntakeMatch(string store, string peer, IIntakeContender bare, IIntakeContender ours)
{
    public const int Turns = 5;

    private const double Target = 0.5;

    private readonly double[] bareSeconds = [double.MaxValue, double.MaxValue];
    private readonly double[] ourSeconds = [double.MaxValue, double.MaxValue];

    public async Task RunAsync()
    {
        for (var turn = 0; turn < Turns; turn++)
        {
            await TakeTurnAsync(bare, bareSeconds);
            await TakeTurnAsync(ours, ourSeconds);
        }
    }

    /// <summary>Two rows of the table: rows that are new, rows that change.</summary>
    public IEnumerable<string> Lines()
    {
        for (var report = 0; report < 2; report++)
        {
            var (bareRate, ourRate) = (IntakeData.Rows / bareSeconds[report], IntakeData.Rows / ourSeconds[report]);
            var rows = report == 0 ? "new rows" : "changed rows";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {store}, {rows} | {peer} | {bareRate:N0} | {ourRate:N0} | {ourRate / bareRate:0.00} | {Target} |"
            );
        }
    }

    private static async Task TakeTurnAsync(IIntakeContender contender, double[] best)
    {
        await contender.StartTurnAsync();
        for (var report = 0; report < best.Length; report++)
        {
            GC.Collect();
            var start = Stopwatch.GetTimestamp();
            await contender.TakeAsync(report);
            best[report] = Math.Min(best[report], Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }
}
