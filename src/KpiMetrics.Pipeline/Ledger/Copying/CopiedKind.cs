namespace KpiMetrics.Pipeline.Ledger.Copying;

/// <summary>What a column holds, in whichever store.</summary>
internal enum CopiedKind
{
    /// <summary>A whole number of 32 bits.</summary>
    Int,

    /// <summary>A whole number of 64 bits: instants, and numbers of rows that grow for ever.</summary>
    Long,

    Text,

    /// <summary>A decimal: in SQLite its digits as text, in PostgreSQL NUMERIC.</summary>
    Digits,

    Bytes,

    /// <summary>The year of the row's period, by which PostgreSQL divides figures; SQLite has no such column.</summary>
    Year,
}
