using System.Text.RegularExpressions;
using KpiMetrics.Core.Catalog.Changes;
using KpiMetrics.Core.Derivation;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;

namespace KpiMetrics.Core.Catalog;

/// <summary>Every list of words that a set file may choose from.</summary>
public static partial class Vocabularies
{
    public static Vocabulary<MeasureKind> Kinds { get; } = new(kind => Lower(kind, '-'));

    /// <summary><c>none</c>, <c>sum</c>, <c>ratio-of-sums</c>.</summary>
    public static Vocabulary<Aggregation> Aggregations { get; } = new(aggregation => Lower(aggregation, '-'));

    /// <summary><c>pop</c>, <c>yoy</c>, ..., <c>ytd_yoy</c>: the names of the exported columns too.</summary>
    public static Vocabulary<DerivedRule> DerivedRules { get; } = new(rule => Lower(rule, '_'));

    /// <summary><c>ratio</c>, <c>ratio-of</c>, <c>sum</c>, <c>at-most</c>, ...</summary>
    public static Vocabulary<IdentityRule> IdentityRules { get; } = new(rule => Lower(rule, '-'));

    /// <summary><c>sum</c>, <c>last</c>, <c>geometric-mean</c>, ...</summary>
    public static Vocabulary<OverTime> OverTimes { get; } = new(rule => Lower(rule, '-'));

    /// <summary><c>value</c>, <c>sum</c>, <c>rise</c>.</summary>
    public static Vocabulary<ThresholdKind> ThresholdKinds { get; } = new(kind => Lower(kind, '-'));

    /// <summary><c>info</c>, <c>warning</c>, <c>critical</c>.</summary>
    public static Vocabulary<ThresholdSeverity> Severities { get; } = new(severity => Lower(severity, '-'));

    /// <summary><c>rule</c>, <c>quotient</c>, <c>finer-periods</c>, ...: how computed figures came about.</summary>
    public static Vocabulary<FormulaKind> Formulas { get; } = new(kind => Lower(kind, '-'));

    public static Vocabulary<AreaLevel> Levels { get; } = new(level => Lower(level, '-'));

    public static Vocabulary<WindowRule> WindowRules { get; } = new(Windows.Name);

    /// <summary><c>finest</c>, <c>each</c>: at which of its frequencies an indicator must be reported.</summary>
    public static Vocabulary<Obliged> Obligeds { get; } = new(obliged => Lower(obliged, '-'));

    /// <summary>H D W M Q S A, finest first.</summary>
    public static Vocabulary<Frequency> Frequencies { get; } = new(FrequencyCode.Code);

    /// <summary><c>added</c>, <c>retired</c>, <c>continued-by</c>, ...</summary>
    public static Vocabulary<ChangeKind> Changes { get; } = new(change => Lower(change, '-'));

    /// <summary><c>wrong-agency</c>, <c>period-not-begun</c>, ...: why rows are refused.</summary>
    public static Vocabulary<RefusalCode> Refusals { get; } = new(code => Lower(code, '-'));

    private static string Lower<T>(T value, char joint)
        where T : struct, Enum => WordStart().Replace(value.ToString(), joint.ToString()).ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}
