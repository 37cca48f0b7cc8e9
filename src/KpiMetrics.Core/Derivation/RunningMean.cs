namespace KpiMetrics.Core.Derivation;

internal struct RunningMean : IRunning
{
    private RunningSum sum;
    private int count;

    public void Restart() => (sum, count) = (default, 0);

    public Absence Add(int position, decimal value, out decimal total)
    {
        var absence = sum.Add(position, value, out total);
        total /= ++count;
        return absence;
    }
}
