using FsCheck;
using FsCheck.Fluent;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Tests.Publishing;

/// <summary>Whatever step a run dies at, and whatever is reported meanwhile, the next run brings the store to what the ledger says.</summary>
public sealed class PublishStageCrashTests
{
    // Few months and values, so that changes meet, bases turn zero and figures come and go.
    private static readonly Gen<(int Measure, int Month, int Value)> Change =
        from measure in Gen.Choose(1, 2)
        from month in Gen.Choose(0, 26)
        from value in Gen.Choose(-1, 3)
        select (measure, month, value);

    [Fact]
    public void Run_CrashAtAnyStepThenRunAgain_StoreEqualsLedger()
    {
        var cases =
            from before in Change.ListOf()
            from changes in Change.NonEmptyListOf()
            from meanwhile in Change.ListOf()
            select (before.ToList(), changes.ToList(), meanwhile.ToList());
        var config = Config.QuickThrowOnFailure.WithMaxTest(25);

        Prop.ForAll(cases.ToArbitrary(), given => CrashEverywhere(given.Item1, given.Item2, given.Item3).GetAwaiter().GetResult())
            .Check(config);
    }

    private static async Task CrashEverywhere(
        List<(int, int, int)> before,
        List<(int, int, int)> changes,
        List<(int, int, int)> meanwhile
    )
    {
        foreach (var moment in Enum.GetValues<StepFaults.Moment>())
        {
            var step = 0;
            while (await CrashAsync(before, changes, meanwhile, step, moment))
                step++;
            Assert.True(step > 4, $"Only {step} steps were tried; a run has more.");
        }
    }

    /// <summary>One story; false when the run ended before the step came.</summary>
    private static async Task<bool> CrashAsync(
        List<(int, int, int)> before,
        List<(int, int, int)> changes,
        List<(int, int, int)> meanwhile,
        int step,
        StepFaults.Moment moment
    )
    {
        var publishing = new Situation();
        before.ForEach(change => Report(publishing, change));
        await publishing.RunAsync();
        changes.ForEach(change => Report(publishing, change));

        var arriving = new Queue<(int, int, int)>(meanwhile);
        publishing.Faults.OnStep = () =>
        {
            if (arriving.TryDequeue(out var change))
                Report(publishing, change);
        };
        publishing.Faults.FailAt(step, moment);
        var crashed = false;
        try
        {
            await publishing.RunAsync();
        }
        catch (CrashException)
        {
            crashed = true;
        }
        publishing.Faults.Disarm();
        await publishing.RunAsync();

        Assert.Equal(publishing.FromScratch(), publishing.Stored());
        Assert.Equal(publishing.BitsFromScratch(), publishing.Ledger.Published);
        Assert.Equal(0, publishing.Ledger.Waiting);
        return crashed;
    }

    private static void Report(Situation publishing, (int Measure, int Month, int Value) change) =>
        publishing.Ledger.Report(
            Given.Key($"T-A01.0{change.Measure}"),
            Period.Of(Frequency.Month, 2023).Shift(change.Month),
            change.Value < 0 ? FigureValue.None : FigureValue.Of(change.Value)
        );
}
