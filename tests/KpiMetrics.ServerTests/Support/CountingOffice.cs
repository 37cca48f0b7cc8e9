using System.Collections.Concurrent;
using KpiMetrics.ServerTests.Servers;

namespace KpiMetrics.ServerTests.Support;

/// <summary>An office that counts who asks it what at once, and lets the first question about some of its indicators wait for the test.</summary>
internal sealed class CountingOffice : IAsyncDisposable
{
    private readonly OfficeServer server;
    private readonly Func<string, bool> isHeld;
    private readonly ConcurrentDictionary<string, Question> questions = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<int> release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int held;

    /// <param name="isHeld">Of an indicator: whether the very first question about it waits.</param>
    /// <param name="pause">How long every answer takes.</param>
    public CountingOffice(Func<string, bool> isHeld, TimeSpan pause)
    {
        this.isHeld = isHeld;
        server = new(request => AnswerAsync(request, pause));
    }

    public string Url => server.Url;

    /// <summary>What every answer but that of <see cref="Release"/> says.</summary>
    public int Value { get; set; } = 5;

    /// <summary>By indicator and period: how often it was asked, and how often at once.</summary>
    public IReadOnlyDictionary<string, (int Asked, int AtOnce)> Questions =>
        questions.ToDictionary(entry => entry.Key, entry => (entry.Value.Asked, entry.Value.AtOnce), StringComparer.Ordinal);

    /// <summary>Lets all questions wait until the test opens the office.</summary>
    public Task Opening { get; set; } = Task.CompletedTask;

    /// <summary>The question that waits; null: none yet.</summary>
    public string? Held { get; private set; }

    /// <summary>Answers the question that waits.</summary>
    public void Release(int value) => release.TrySetResult(value);

    public ValueTask DisposeAsync()
    {
        release.TrySetCanceled();
        return server.DisposeAsync();
    }

    private async Task AnswerAsync(OfficeRequest request, TimeSpan pause)
    {
        var name = $"{request.Name} {request.Period}";
        var question = questions.GetOrAdd(name, _ => new());
        question.Begin();
        try
        {
            await Opening.WaitAsync(request.Stopping);
            var value = Value;
            if (isHeld(request.Name) && Interlocked.Exchange(ref held, 1) == 0)
            {
                Held = name;
                value = await release.Task.WaitAsync(request.Stopping);
            }
            else
                await Task.Delay(pause, request.Stopping);
            await request.SayAsync(OfficeSet.Rows(request.Name, value: value));
        }
        finally
        {
            question.End();
        }
    }

    private sealed class Question
    {
        private readonly Lock gate = new();
        private int now;

        public int Asked { get; private set; }

        public int AtOnce { get; private set; }

        public void Begin()
        {
            lock (gate)
            {
                Asked++;
                AtOnce = Math.Max(AtOnce, ++now);
            }
        }

        public void End()
        {
            lock (gate)
                now--;
        }
    }
}
