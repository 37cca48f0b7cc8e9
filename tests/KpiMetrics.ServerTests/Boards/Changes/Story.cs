namespace KpiMetrics.ServerTests.Boards.Changes;

/// <summary>Something that happens in the world, and the panels that must show it.</summary>
internal abstract class Story
{
    /// <summary>Of all boards, those that must show it.</summary>
    public IReadOnlyList<Witness> Witnesses { get; protected set; } = [];

    /// <summary>Chooses what it happens to, in the world as it is.</summary>
    public abstract Task ChooseAsync(BoardWorld world);

    /// <summary>By commands; a worker does the rest.</summary>
    public abstract Task HappenAsync(BoardWorld world);

    /// <summary>What the worker must have brought about besides.</summary>
    public virtual Task<bool> HasHappenedAsync(BoardWorld world) => Task.FromResult(true);

    /// <summary>What the worker's commands say of it afterwards.</summary>
    public virtual Task CheckAsync(BoardWorld world) => Task.CompletedTask;
}
