using System.Globalization;

namespace KpiMetrics.Benchmarks.Intake;

/// <summary>We and a bare peer by turns on one kind of store; the best of each counts.</summary>
internal sealed class IntakeMatch(string store, string peer, IIntakeContender bare, IIntakeContender ours)
{
    public const int Turns = 5;

    private const double Target = 0.5;

    private readonly BestTime[] bareTimes = [new(), new()];
    private readonly BestTime[] ourTimes = [new(), new()];

    public async Task RunAsync()
    {
        for (var turn = 0; turn < Turns; turn++)
        {
            await TakeTurnAsync(bare, bareTimes);
            await TakeTurnAsync(ours, ourTimes);
        }
    }

    /// <summary>Two rows of the table: rows that are new, rows that change.</summary>
    public IEnumerable<string> Lines()
    {
        for (var report = 0; report < 2; report++)
        {
            var (theirs, own) = (bareTimes[report], ourTimes[report]);
            var (bareRate, ourRate) = (IntakeData.Rows / theirs.Seconds, IntakeData.Rows / own.Seconds);
            var rows = report == 0 ? "new rows" : "changed rows";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {store}, {rows} | {peer} | {bareRate:N0} | {ourRate:N0} | {ourRate / bareRate:0.00} | {Target} | {theirs.CpuSeconds / IntakeData.Rows * 1e6:0.0} | {own.CpuSeconds / IntakeData.Rows * 1e6:0.0} |"
            );
        }
    }

    private static async Task TakeTurnAsync(IIntakeContender contender, BestTime[] best)
    {
        await contender.StartTurnAsync();
        for (var report = 0; report < best.Length; report++)
        {
            var which = report;
            await best[report].MeasureAsync(() => contender.TakeAsync(which));
        }
    }
}
