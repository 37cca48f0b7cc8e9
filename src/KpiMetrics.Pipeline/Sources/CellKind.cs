namespace KpiMetrics.Pipeline.Sources;

/// <summary>What a file says a cell is.</summary>
public enum CellKind
{
    /// <summary>Text to be read by people's rules: every cell of a CSV.</summary>
    Text,

    /// <summary>A number typed by a machine; its text is invariant and leaves nothing to guess.</summary>
    Number,

    /// <summary>A formula: its value is the spreadsheet's opinion and is not taken.</summary>
    Formula,

    /// <summary>Something no figure or code can be: a date, a truth value, an error such as #N/A.</summary>
    Other,
}
