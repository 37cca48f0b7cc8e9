using System.Globalization;

namespace KpiMetrics.Pipeline.Sources;

/// <summary>
/// Leaves a source alone once so many attempts in a row have failed. When the break is over one attempt is let through: if it succeeds
/// all are, if it fails the break begins anew.
/// </summary>
/// <remarks>Polly's own opens by a share of failures within a time, which rare questions never reach; this counts.</remarks>
internal sealed class SourceBreaker(string source, int failuresToOpen, TimeSpan pause, TimeProvider clock)
{
    private readonly Lock gate = new();
    private int failures;
    private DateTimeOffset? openedAt;
    private DateTimeOffset firstFailedAt;
    private string why = "";
    private bool isProbing;

    public bool IsOpen => Break is not null;

    /// <summary>Null where the source is not being left alone.</summary>
    public SourceBreak? Break
    {
        get
        {
            lock (gate)
                return openedAt is { } opened ? new(opened, opened + pause, failures, firstFailedAt, why) : null;
        }
    }

    /// <summary>To be followed by <see cref="Succeeded"/>, <see cref="Failed"/> or <see cref="Left"/>.</summary>
    /// <exception cref="SourceUnavailableException">The source is being left alone; says since when, and why.</exception>
    public void Enter()
    {
        lock (gate)
        {
            if (openedAt is not { } opened)
                return;
            var over = opened + pause;
            if (!isProbing && clock.GetUtcNow() >= over)
            {
                isProbing = true;
                return;
            }
            throw new SourceUnavailableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"source {source} has failed {failures} times in a row since {firstFailedAt.UtcDateTime:s}Z and is left alone until {over.UtcDateTime:s}Z; the last time: {why}"
                )
            );
        }
    }

    public void Succeeded()
    {
        lock (gate)
            (failures, openedAt, isProbing) = (0, null, false);
    }

    public void Failed(string reason)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (failures++ == 0)
                firstFailedAt = now;
            why = reason;
            isProbing = false;
            if (failures >= failuresToOpen)
                openedAt = now;
        }
    }

    /// <summary>The attempt was given up by whoever made it: it says nothing about the source.</summary>
    public void Left()
    {
        lock (gate)
            isProbing = false;
    }
}
