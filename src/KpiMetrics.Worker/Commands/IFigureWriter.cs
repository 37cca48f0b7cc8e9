using KpiMetrics.Pipeline.Derivation;

namespace KpiMetrics.Worker.Commands;

/// <summary>Writes figures one by one in some format; disposing ends the document.</summary>
internal interface IFigureWriter : IDisposable
{
    void Write(FigureRow row);
}
