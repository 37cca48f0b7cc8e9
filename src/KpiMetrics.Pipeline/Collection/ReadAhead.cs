using System.Runtime.ExceptionServices;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>The step of an enumeration that is under way, to be waited for along with something else.</summary>
internal sealed class ReadAhead<T>(IAsyncEnumerator<T> reader) : IAsyncDisposable
{
    private Task<bool>? waiting;
    private bool moved;
    private Exception? failure;

    /// <summary>True once the next item, the end or a failure is there.</summary>
    public bool IsCompleted { get; private set; } = true;

    /// <summary>True where there are no more items.</summary>
    public bool IsAtEnd => failure is not null || !moved;

    /// <summary>Asks for the next item. Costs little where it is at hand.</summary>
    public void Start()
    {
        IsCompleted = false;
        try
        {
            var step = reader.MoveNextAsync();
            if (step.IsCompletedSuccessfully)
                (moved, IsCompleted) = (step.Result, true);
            else
                waiting = step.AsTask();
        }
        catch (Exception fault) // an enumerator may throw at once
        {
            (failure, IsCompleted) = (fault, true);
        }
    }

    /// <summary>Waits until the step is completed; a failure is kept for <see cref="ThrowIfFailed"/>.</summary>
    public async Task WaitAsync()
    {
        if (waiting is not { } step)
            return;
        waiting = null;
        try
        {
            moved = await step;
        }
        catch (Exception fault)
        {
            failure = fault;
        }
        IsCompleted = true;
    }

    /// <summary>Waits for the step or the other, and is true where the other is done.</summary>
    public async Task<bool> IsFirstAsync(Task other)
    {
        if (waiting is not { } step)
            return false;
        await Task.WhenAny(other, step);
        if (step.IsCompleted)
            await WaitAsync();
        return other.IsCompleted;
    }

    public void ThrowIfFailed()
    {
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Waits for the step that is under way, which may not be left alone.</summary>
    public async ValueTask DisposeAsync()
    {
        await WaitAsync();
        await reader.DisposeAsync();
    }
}
