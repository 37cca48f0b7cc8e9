namespace KpiMetrics.Benchmarks.Derive;

/// <summary>What was derived for one figure, in the order of <see cref="Names"/>; null where there is no value.</summary>
internal readonly record struct DerivedRow(decimal? Pop, decimal? Yoy, decimal? Ytd, decimal? YtdYoy)
{
    public static readonly string[] Names = ["pop", "yoy", "ytd", "ytd_yoy"];

    public decimal? this[int derivation] =>
        derivation switch
        {
            0 => Pop,
            1 => Yoy,
            2 => Ytd,
            _ => YtdYoy,
        };
}
