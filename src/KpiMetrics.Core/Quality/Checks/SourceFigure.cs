using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>What one source states of a figure.</summary>
/// <param name="Status">SDMX OBS_STATUS.</param>
public sealed record SourceFigure(string Source, PrintedNumber Value, char Status, Vintage Vintage)
{
    /// <summary>Estimated (E), forecast (F), imputed (I) or provisional (P): due to change.</summary>
    public bool IsTentative => Status is 'E' or 'F' or 'I' or 'P';
}
