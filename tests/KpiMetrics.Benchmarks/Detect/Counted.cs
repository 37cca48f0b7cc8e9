namespace KpiMetrics.Benchmarks.Detect;

/// <summary>How often a test was right.</summary>
internal readonly record struct Counted(int Found, int Wrong, int Missed)
{
    public double Precision => Found + Wrong == 0 ? 0 : (double)Found / (Found + Wrong);

    public double Recall => Found + Missed == 0 ? 0 : (double)Found / (Found + Missed);

    public double F1 => Found == 0 ? 0 : 2.0 * Found / (2.0 * Found + Wrong + Missed);
}
