namespace KpiMetrics.Pipeline.Sources;

/// <summary>One row of a report as sent, columns of DESIGN 9.</summary>
/// <param name="Line">The line of the file, from 1 with the header; for JSON the number of the item, from 1.</param>
public sealed record RawRow(int Line)
{
    public RawCell Indicator { get; init; } = RawCell.Empty;

    public RawCell Measure { get; init; } = RawCell.Empty;

    public RawCell Subject { get; init; } = RawCell.Empty;

    public RawCell Area { get; init; } = RawCell.Empty;

    public RawCell Period { get; init; } = RawCell.Empty;

    public RawCell Value { get; init; } = RawCell.Empty;

    public RawCell Status { get; init; } = RawCell.Empty;

    public RawCell Vintage { get; init; } = RawCell.Empty;

    public RawCell Note { get; init; } = RawCell.Empty;

    /// <summary>Of plans: which plan.</summary>
    public RawCell Scheme { get; init; } = RawCell.Empty;

    /// <summary>Of plans: assigned or adjusted.</summary>
    public RawCell Kind { get; init; } = RawCell.Empty;

    /// <summary>Of plans: the act that sets it.</summary>
    public RawCell Decision { get; init; } = RawCell.Empty;

    /// <summary>What the value is counted in, for comparison only.</summary>
    public RawCell Unit { get; init; } = RawCell.Empty;

    /// <summary>The office that states the figure.</summary>
    public RawCell Agency { get; init; } = RawCell.Empty;

    /// <summary>Not null: the row could not be read as one (too few cells, a broken quote); the text says why.</summary>
    public string? Fault { get; init; }
}
