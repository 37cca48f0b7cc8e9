namespace KpiMetrics.Core.Derivation;

internal struct RunningSum : IRunning
{
    private decimal sum;

    public void Restart() => sum = 0m;

    public Absence Add(int position, decimal value, out decimal total)
    {
        total = sum += value;
        return Absence.None;
    }
}
