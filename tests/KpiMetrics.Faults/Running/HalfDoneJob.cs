using KpiMetrics.Faults.Checking;
using KpiMetrics.Faults.World;

namespace KpiMetrics.Faults.Running;

/// <summary>A worker is killed while it waits for an office's answer: another one, or itself started again, asks once more, and each figure is there once.</summary>
internal sealed class HalfDoneJob(Site site, PulledOffice office, Watch watch, TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, object> figures = [];

    public IReadOnlyDictionary<string, object> Figures => figures;

    public async Task RunAsync(Losses losses, CancellationToken cancellationToken)
    {
        var (worker, question) = await office.Held.WaitAsync(Patience, cancellationToken);
        var isAlone = site.Workers.Count == 1;
        var finished = new TaskCompletionSource();
        watch.Doing = FormattableString.Invariant($"worker {worker} killed in the middle of a job");
        await site.Workers[worker - 1].KillAsync(isAlone ? Task.CompletedTask : finished.Task);
        office.LetGo();
        var killed = watch.Elapsed;
        var isFinished = await FinishesAsync(question, losses, cancellationToken);
        var took = (watch.Elapsed - killed).TotalSeconds;
        finished.SetResult();
        await site.ReadyAsync(cancellationToken);
        if (!isFinished)
            return;
        var by = office.Answered.First(of => of.Question == question).Worker;
        figures["job_finished_by_another_after_s"] = Math.Round(took, 1);
        await output.WriteLineAsync(
            FormattableString.Invariant(
                $"worker {worker} was killed in the middle of a job; worker {by} finished it after {took:F1} s"
            )
        );
        if (by == worker && !isAlone)
            losses.Add("workers", FormattableString.Invariant($"worker {worker} was away, but is said to have finished its job"));
    }

    private async Task<bool> FinishesAsync(string question, Losses losses, CancellationToken cancellationToken)
    {
        var begun = watch.Elapsed;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (office.Answered.All(of => of.Question != question))
        {
            if (watch.Elapsed - begun > Patience)
            {
                losses.Add("workers", $"nobody finished the job on {question} that a killed worker had begun");
                return false;
            }
            await tick.WaitForNextTickAsync(cancellationToken);
        }
        return true;
    }

    /// <summary>To be called when all is at rest.</summary>
    public static async Task CheckAsync(Site site, Losses losses, CancellationToken cancellationToken)
    {
        const string Pulled =
            "FROM observation o JOIN series s ON s.id = o.series_id WHERE s.set_code = '" + PulledOffice.Set + "'";
        var twice = await site.Ledger.CountAsync(
            $"SELECT COUNT(*) FROM (SELECT 1 AS one {Pulled} GROUP BY o.series_id, o.period HAVING COUNT(*) > 1) AS twice",
            cancellationToken
        );
        if (twice > 0)
            losses.Add("workers", FormattableString.Invariant($"{twice} figures of the asked office are there twice"));
        if (await site.Ledger.CountAsync($"SELECT COUNT(*) {Pulled}", cancellationToken) == 0)
            losses.Add("workers", "no figure of the asked office is there");
    }
}
