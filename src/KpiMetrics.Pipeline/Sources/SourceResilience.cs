using System.Globalization;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>How any pulled source is asked: within a budget, each attempt within its timeout, with retries, until it is better left alone.</summary>
/// <remarks>One for each source, for the life of the process: it remembers how the source fared.</remarks>
internal sealed class SourceResilience
{
    /// <summary>A source that wants to be left alone for longer than this is not waited for; the next tick asks it again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly SourceOptions options;
    private readonly SourceBreaker breaker;
    private readonly ResiliencePipeline budget;
    private readonly ResiliencePipeline retries;
    private readonly ResiliencePipeline timeout;

    /// <param name="clock">Times pauses, timeouts and breaks.</param>
    public SourceResilience(SourceOptions options, TimeProvider clock)
    {
        this.options = options;
        breaker = new(options.Name, options.BreakAfter, TimeSpan.FromSeconds(options.BreakSeconds), clock);
        budget = Within(options.BudgetSeconds, clock);
        timeout = Within(options.TimeoutSeconds, clock);
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.Retries > 0)
            builder.AddRetry(Retrying());
        retries = builder.Build();
    }

    public SourceBreak? Break => breaker.Break;

    /// <summary>One question with all its attempts, and pages, within the budget.</summary>
    /// <param name="place">What messages call the source.</param>
    /// <exception cref="SourceUnavailableException">The budget is spent.</exception>
    public async Task<T> AskAsync<T>(
        string place,
        Func<CancellationToken, ValueTask<T>> question,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await budget.ExecuteAsync(question, cancellationToken);
        }
        catch (TimeoutRejectedException fault)
        {
            throw new SourceUnavailableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{place} did not answer within the {options.BudgetSeconds} s that one question may take"
                ),
                fault
            );
        }
    }

    /// <summary>One step of a question, tried again where the source is away.</summary>
    /// <param name="attempt">Throws <see cref="SourceUnavailableException"/> where trying again may help, anything else where it will not.</param>
    public async Task<T> TryAsync<T>(
        string place,
        Func<CancellationToken, ValueTask<T>> attempt,
        CancellationToken cancellationToken
    ) => await retries.ExecuteAsync(async token => await OnceAsync(place, attempt, token), cancellationToken);

    private async ValueTask<T> OnceAsync<T>(
        string place,
        Func<CancellationToken, ValueTask<T>> attempt,
        CancellationToken cancellationToken
    )
    {
        breaker.Enter();
        try
        {
            var answer = await timeout.ExecuteAsync(attempt, cancellationToken);
            breaker.Succeeded();
            return answer;
        }
        catch (TimeoutRejectedException fault)
        {
            var why = string.Create(CultureInfo.InvariantCulture, $"{place} did not answer within {options.TimeoutSeconds} s");
            breaker.Failed(why);
            throw new SourceUnavailableException(why, fault);
        }
        catch (SourceUnavailableException fault)
        {
            breaker.Failed(fault.Message);
            throw;
        }
        catch (BrokenReportException)
        {
            breaker.Succeeded(); // whatever it said, it answered
            throw;
        }
        catch
        {
            breaker.Left();
            throw;
        }
    }

    private RetryStrategyOptions Retrying() =>
        new()
        {
            MaxRetryAttempts = options.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(1),
            MaxDelay = LongestWait,
            ShouldHandle = failed =>
                ValueTask.FromResult(
                    failed.Outcome.Exception is SourceUnavailableException fault
                        && !breaker.IsOpen
                        && !(fault.RetryAfter > LongestWait)
                ),
            DelayGenerator = failed => ValueTask.FromResult((failed.Outcome.Exception as SourceUnavailableException)?.RetryAfter),
        };

    private static ResiliencePipeline Within(int seconds, TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddTimeout(TimeSpan.FromSeconds(seconds))
            .Build();
}
