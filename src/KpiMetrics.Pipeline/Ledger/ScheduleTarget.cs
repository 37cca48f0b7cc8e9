using KpiMetrics.Core.Obligations;

namespace KpiMetrics.Pipeline.Ledger;

/// <summary>What a change of the schedule is of: one duty, an indicator at all its frequencies, or a source.</summary>
/// <param name="Key"><c>lao-cai/LC-C01/H</c>, <c>lao-cai/LC-C01</c> or <c>source:so-y-te</c>.</param>
public readonly record struct ScheduleTarget(string Key)
{
    private const string SourcePrefix = "source:";

    public static ScheduleTarget Of(Duty duty) => new(duty.ToString());

    /// <summary>The indicator at all its frequencies.</summary>
    public static ScheduleTarget Of(string set, string indicator) => new($"{set}/{indicator}");

    public static ScheduleTarget OfSource(string name) => new(SourcePrefix + name);

    /// <summary>The name of the source; null where the target is none.</summary>
    public string? Source => Key.StartsWith(SourcePrefix, StringComparison.Ordinal) ? Key[SourcePrefix.Length..] : null;

    public override string ToString() => Key;
}
