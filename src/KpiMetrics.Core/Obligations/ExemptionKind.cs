namespace KpiMetrics.Core.Obligations;

/// <summary>What was granted, or taken back.</summary>
public enum ExemptionKind
{
    /// <summary>It is due later.</summary>
    Extension = 1,

    /// <summary>The extension is taken back: due as created.</summary>
    NoExtension = 2,

    /// <summary>It need not be reported.</summary>
    Waiver = 3,

    /// <summary>The waiver is taken back.</summary>
    NoWaiver = 4,
}
