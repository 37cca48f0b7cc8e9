using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Worker.Commands.Xlsx;

/// <summary>What a form's cell shows.</summary>
/// <param name="IsOrdinary">False for estimates and the like, which stand out.</param>
internal readonly record struct FormFigure(Period Period, FigureValue Value, bool IsOrdinary);
