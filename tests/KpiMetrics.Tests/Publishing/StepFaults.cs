namespace KpiMetrics.Tests.Publishing;

/// <summary>Lets a chosen step of a run fail: before it had an effect, half-way, or after.</summary>
internal sealed class StepFaults
{
    private readonly Lock gate = new();
    private int left = -1;
    private Moment moment;

    public enum Moment
    {
        Before,
        Halfway,
        After,
    }

    /// <summary>Called at every step, before it has an effect.</summary>
    public Action OnStep { get; set; } = () => { };

    /// <summary>True while the chosen step has not come.</summary>
    public bool IsArmed => left >= 0;

    /// <param name="step">Counted from 0.</param>
    public void FailAt(int step, Moment when) => (left, moment) = (step, when);

    public void Disarm() => left = -1;

    /// <summary>Runs one step.</summary>
    /// <param name="halves">Its effect; a step that is one transaction has its whole effect in the second.</param>
    public void Run(params ReadOnlySpan<Action> halves)
    {
        // What is sent and what is computed meanwhile are two threads.
        using var alone = gate.EnterScope();
        OnStep();
        var fails = left-- == 0;
        if (left < 0)
            left = -1;
        for (var half = 0; half < halves.Length; half++)
        {
            if (fails && (moment == Moment.Before && half == 0 || moment == Moment.Halfway && half == 1))
                throw new CrashException();
            halves[half]();
        }
        if (fails)
            throw new CrashException();
    }
}

/// <summary>The end of a process, as far as a test can have one.</summary>
internal sealed class CrashException : Exception;
