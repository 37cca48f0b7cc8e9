using System.Diagnostics.CodeAnalysis;

namespace KpiMetrics.Core.Obligations;

/// <summary>How long after its due instant a figure is merely overdue; then it is missing. Plain time: no days off, no rolling.</summary>
public sealed record Grace
{
    /// <summary>What a message lists as allowed.</summary>
    public const string Allowed = "minutes, hours or days such as 30m, 6h or 3d, at most 366 days";

    private const string Units = "mhd";

    /// <exception cref="ArgumentOutOfRangeException">Less than nothing, more than 366 days, or not whole minutes.</exception>
    public Grace(TimeSpan span)
    {
        if (span < TimeSpan.Zero || span > TimeSpan.FromDays(366) || span.Ticks % TimeSpan.TicksPerMinute != 0)
            throw new ArgumentOutOfRangeException(nameof(span), span, "Grace must be whole minutes, from 0 to 366 days.");
        Span = span;
    }

    public TimeSpan Span { get; }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Grace? grace)
    {
        ArgumentNullException.ThrowIfNull(text);
        grace = SpanText.Read(text, Units) is { } span ? new(span) : null;
        return grace is not null;
    }

    /// <summary><c>30m</c>, <c>6h</c>, <c>3d</c>: in the greatest unit that says it whole.</summary>
    public override string ToString() => SpanText.Of(Span, Units);
}
