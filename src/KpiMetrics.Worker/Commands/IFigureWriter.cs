using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands;

/// <summary>Writes figures one by one in some format.</summary>
internal interface IFigureWriter : IDisposable
{
    void Write(FigureRow row);

    /// <summary>Ends the document; without it, as after a failure, it stays visibly cut.</summary>
    void Complete();
}
