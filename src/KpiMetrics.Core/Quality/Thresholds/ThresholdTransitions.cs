using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Quality.Thresholds;

/// <summary>What is to be told when more is known of a series than at the last look: each crossing once when it begins and once when it ends.</summary>
/// <remarks>
/// Of one level <see cref="TransitionKind.Raised"/> and its end (<see cref="TransitionKind.Resolved"/> or <see cref="TransitionKind.Withdrawn"/>) come in
/// turn, whatever becomes known in whatever order; <see cref="TransitionKind.Missed"/> is told for itself. A crossing is the same as
/// one known before where the two overlap: a late reading that moves its beginning raises nothing anew.
/// </remarks>
public static class ThresholdTransitions
{
    /// <summary>Level by level in ascending order; of one level what is over before what begins.</summary>
    /// <param name="before">What was known at the last look.</param>
    /// <param name="after">What is known now, by the same threshold and from the same hour on.</param>
    /// <exception cref="ArgumentException">They are of different levels.</exception>
    public static IReadOnlyList<Transition> Between(ThresholdHistory before, ThresholdHistory after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Levels.Count != after.Levels.Count)
            throw new ArgumentException(
                $"{before.Levels.Count} levels cannot be compared with {after.Levels.Count}.",
                nameof(after)
            );
        var found = new List<Transition>();
        foreach (var (old, next) in before.Levels.Zip(after.Levels))
        {
            if (old.Level.Code != next.Level.Code)
                throw new ArgumentException($"'{old.Level.Code}' cannot be compared with '{next.Level.Code}'.", nameof(after));
            foreach (var (kind, crossing) in OfLevel(old.Crossings, next.Crossings))
                found.Add(new(kind, after.Threshold, next.Level, crossing));
        }
        return found;
    }

    /// <summary>What became known of a series from one instant to a later one.</summary>
    /// <param name="figures">With all statements received until <paramref name="at"/>.</param>
    /// <param name="lastLook">The instant up to which all was told.</param>
    /// <param name="from">See <see cref="ThresholdReplay.Of"/>.</param>
    public static IReadOnlyList<Transition> Between(
        Threshold threshold,
        IReadOnlyCollection<Figure> figures,
        DateTimeOffset lastLook,
        DateTimeOffset at,
        Period? from = null
    ) =>
        Between(
            ThresholdReplay.Of(threshold, HourlyReadings.KnownAt(figures, lastLook), from),
            ThresholdReplay.Of(threshold, HourlyReadings.KnownAt(figures, at), from)
        );

    private static List<(TransitionKind Kind, Crossing Crossing)> OfLevel(
        IReadOnlyList<Crossing> before,
        IReadOnlyList<Crossing> after
    )
    {
        var told = before.ToList();
        var found = new List<(TransitionKind Kind, Crossing Crossing)>();
        Crossing? raised = null;
        foreach (var crossing in after)
        {
            var known = Same(told, crossing);
            if (known is not null)
                told.Remove(known);
            if (crossing.IsOpen)
                raised = known is { IsOpen: true } ? null : crossing;
            else if (known is null)
                found.Add((TransitionKind.Missed, crossing));
            else if (known.IsOpen)
                found.Add((TransitionKind.Resolved, crossing));
        }
        // It was told to be up and has no crossing of its own any more: it went into another that is over, or never was.
        if (told.Find(crossing => crossing.IsOpen) is { } lost)
            found.Add(
                after.LastOrDefault(crossing => !crossing.IsOpen && crossing.Overlaps(lost)) is { } into
                    ? (TransitionKind.Resolved, into)
                    : (TransitionKind.Withdrawn, lost)
            );
        if (raised is not null)
            found.Add((TransitionKind.Raised, raised));
        return found;
    }

    // Of several that overlap the one that is open or closed like it, so that what goes on is not told to end and begin.
    private static Crossing? Same(List<Crossing> told, Crossing crossing)
    {
        Crossing? found = null;
        foreach (var known in told)
        {
            if (!known.Overlaps(crossing))
                continue;
            if (known.IsOpen == crossing.IsOpen)
                return known;
            found ??= known;
        }
        return found;
    }
}
