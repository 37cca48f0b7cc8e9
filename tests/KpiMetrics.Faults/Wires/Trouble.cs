namespace KpiMetrics.Faults.Wires;

/// <summary>A state of a <see cref="Wire"/>.</summary>
/// <param name="Delay">Of each piece, in both directions, where it is slow.</param>
internal sealed record Trouble(TroubleKind Kind, TimeSpan Delay = default)
{
    public static readonly Trouble None = new(TroubleKind.None);

    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when another state begins.</summary>
    public Task Over => over.Task;

    public void End() => over.TrySetResult();
}
