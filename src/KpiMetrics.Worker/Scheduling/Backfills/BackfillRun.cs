namespace KpiMetrics.Worker.Scheduling.Backfills;

/// <summary>A backfill that the worker does in the background.</summary>
/// <param name="id">Counted from 1 in each process.</param>
internal sealed class BackfillRun(int id, string set, string who, string why, int questions, DateTimeOffset beganAt)
{
    private volatile BackfillStatus now = new(BackfillState.Running, 0, null, null);

    public int Id => id;

    public string Set => set;

    public string Who => who;

    public string Why => why;

    /// <summary>How many there are to ask.</summary>
    public int Questions => questions;

    public DateTimeOffset BeganAt => beganAt;

    /// <summary>Set by who does it, alone.</summary>
    public BackfillStatus Now
    {
        get => now;
        set => now = value;
    }
}
