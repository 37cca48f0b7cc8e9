namespace KpiMetrics.Core.Obligations;

/// <summary>Whose fault a late obligation looks like (DESIGN 4.3).</summary>
public enum Blame
{
    /// <summary>Not late.</summary>
    Nobody,

    /// <summary>Nothing was sent: by whom must, or by a source that answered without it.</summary>
    Reporter,

    /// <summary>The source was asked in time and did not answer, or with an error.</summary>
    Source,

    /// <summary>We did not ask in time, or did not know of it yet.</summary>
    Us,
}
