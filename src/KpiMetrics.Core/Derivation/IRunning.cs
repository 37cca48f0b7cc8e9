namespace KpiMetrics.Core.Derivation;

/// <summary>A total or mean that grows figure by figure within a year.</summary>
internal interface IRunning
{
    void Restart();

    /// <summary>Takes the next figure; a reason other than none holds for the rest of the year.</summary>
    /// <exception cref="OverflowException">More digits than a decimal holds; not to be asked again before the next year.</exception>
    Absence Add(int position, decimal value, out decimal total);
}
