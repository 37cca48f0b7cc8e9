namespace KpiMetrics.Pipeline.Publishing;

/// <summary>One figure with what is derived from it, as InfluxDB gets it; what is not known is null and not sent.</summary>
/// <param name="Pop">Percent, or percentage points for rates; so is <paramref name="Yoy"/>.</param>
/// <param name="YtdYoy">The year so far against the year before, like <paramref name="Yoy"/>.</param>
/// <param name="Plan">Percent of the plan of the year.</param>
/// <param name="Coverage">0..1: of the year so far, or of the parts that a total was computed from.</param>
/// <param name="Text">For bulletins, which have no other field but <paramref name="IsDemo"/>.</param>
/// <param name="IsDemo">Made up: the point says so with a field of its own, which dashboards can show.</param>
public sealed record Point(
    PointAddress Address,
    decimal? Value = null,
    decimal? Pop = null,
    decimal? Yoy = null,
    decimal? Ytd = null,
    decimal? YtdYoy = null,
    decimal? Plan = null,
    decimal? Coverage = null,
    string? Text = null,
    bool IsDemo = false
)
{
    public PointFields Fields =>
        Bit(PointFields.Value, Value is not null)
        | Bit(PointFields.Pop, Pop is not null)
        | Bit(PointFields.Yoy, Yoy is not null)
        | Bit(PointFields.Ytd, Ytd is not null)
        | Bit(PointFields.YtdYoy, YtdYoy is not null)
        | Bit(PointFields.Plan, Plan is not null)
        | Bit(PointFields.Coverage, Coverage is not null)
        | Bit(PointFields.Text, Text is not null)
        | Bit(PointFields.Demo, IsDemo);

    private static PointFields Bit(PointFields field, bool known) => known ? field : PointFields.None;
}
