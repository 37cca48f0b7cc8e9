using KpiMetrics.Core.Periods;

namespace KpiMetrics.Core.Obligations;

/// <summary>What somebody says of due instants and grace, by frequency; what is not said is left to the next in line (<see cref="DueDates"/>).</summary>
/// <remarks>Equal where they say the same of every frequency.</remarks>
public sealed class DueRules : IEquatable<DueRules>
{
    private static readonly Frequency[] Frequencies = Enum.GetValues<Frequency>();

    private readonly IReadOnlyDictionary<Frequency, DueRule> due;
    private readonly IReadOnlyDictionary<Frequency, Grace> grace;

    /// <exception cref="ArgumentException">A rule does not fit its frequency.</exception>
    public DueRules(IReadOnlyDictionary<Frequency, DueRule> due, IReadOnlyDictionary<Frequency, Grace>? grace = null)
    {
        ArgumentNullException.ThrowIfNull(due);
        foreach (var (frequency, rule) in due)
        {
            if (!rule.Fits(frequency))
                throw new ArgumentException($"Rule '{rule}' cannot be given for {frequency.Code()}.", nameof(due));
        }
        this.due = due;
        this.grace = grace ?? new Dictionary<Frequency, Grace>();
    }

    /// <summary>
    /// What the one text <c>last-day-of-period</c> means: so for every frequency from days on. An hour's last day says nothing of the
    /// hour, so hours are left to the next in line.
    /// </summary>
    public static DueRules LastDayOfPeriod { get; } =
        new(Frequencies.Where(DueRule.LastDayOfPeriod.Fits).ToDictionary(of => of, _ => DueRule.LastDayOfPeriod));

    /// <summary>Says nothing at all.</summary>
    public static DueRules Nothing { get; } = new(new Dictionary<Frequency, DueRule>());

    public bool IsEmpty => due.Count == 0 && grace.Count == 0;

    /// <summary>Null where nothing is said.</summary>
    public DueRule? Due(Frequency frequency) => due.GetValueOrDefault(frequency);

    /// <summary>Null where nothing is said.</summary>
    public Grace? Grace(Frequency frequency) => grace.GetValueOrDefault(frequency);

    /// <summary>The same due instants with this grace instead.</summary>
    public DueRules With(IReadOnlyDictionary<Frequency, Grace> otherGrace) => new(due, otherGrace);

    public bool Equals(DueRules? other) =>
        other is not null && Array.TrueForAll(Frequencies, of => Due(of) == other.Due(of) && Grace(of) == other.Grace(of));

    public override bool Equals(object? obj) => Equals(obj as DueRules);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var frequency in Frequencies)
            hash.Add((Due(frequency), Grace(frequency)));
        return hash.ToHashCode();
    }

    /// <summary><c>last-day-of-period</c>, or <c>D 1d 09:00, M 5d 17:00 roll, grace M 3d</c>; empty where nothing is said.</summary>
    public override string ToString()
    {
        var dues = Texts(Due).Select(of => $"{of.Code} {of.Text}");
        if (Array.TrueForAll(Frequencies, of => Due(of) == LastDayOfPeriod.Due(of)))
            dues = [DueRule.LastDayText];
        return string.Join(", ", dues.Concat(Texts(Grace).Select(of => $"grace {of.Code} {of.Text}")));
    }

    private static IEnumerable<(string Code, string Text)> Texts(Func<Frequency, object?> said) =>
        from frequency in Frequencies
        let text = said(frequency)?.ToString()
        where text is not null
        select (frequency.Code(), text);
}
