using KpiMetrics.Pipeline.Checks;

namespace KpiMetrics.Worker.Commands;

/// <summary>How findings are shown; nothing is shown before it is complete or found.</summary>
internal interface IFindingWriter : IDisposable
{
    void Write(MeasureChecked result);

    /// <summary>After the last measure.</summary>
    void Complete();
}
