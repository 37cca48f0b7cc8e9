namespace KpiMetrics.Pipeline.Publishing;

/// <summary>The fields a point has, as the ledger remembers them: a bit once given keeps its meaning for ever.</summary>
[Flags]
public enum PointFields
{
    None = 0,
    Value = 1,
    Pop = 2,
    Yoy = 4,
    Ytd = 8,
    Coverage = 16,
    Text = 32,
    YtdYoy = 64,
    Plan = 128,
    Demo = 256,
}
