using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Reading of the cells that rows of all kinds of reports have; what is wrong is added to the faults.</summary>
internal static class RowCells
{
    public static (Indicator, Measure)? FindMeasure(CatalogSnapshot catalog, IndicatorSet set, RawRow row, List<Refusal> faults)
    {
        var named = Present(row, row.Indicator, "indicator", faults) & Present(row, row.Measure, "measure", faults);
        if (!named)
            return null;
        var indicator = catalog.FindIndicator(set.Code, row.Indicator.Text);
        if (indicator is null)
        {
            var message =
                $"indicator {Shown.Of(row.Indicator.Text)} is not in set {set.Code}; 'catalog list --set {set.Code}' shows its codes";
            faults.Add(new(row.Line, row.Indicator.Address, RefusalCode.UnknownIndicator, message));
            return null;
        }
        if (catalog.FindMeasure(set.Code, row.Measure.Text) is { } found && found.Indicator == indicator)
            return found;
        var allowed =
            indicator.Measures.Count == 1
                ? indicator.Measures[0].Code
                : $"{indicator.Measures[0].Code} .. {indicator.Measures[^1].Code}";
        var wrong = $"measure {Shown.Of(row.Measure.Text)} is not of {indicator.Code}; allowed: {allowed}";
        faults.Add(new(row.Line, row.Measure.Address, RefusalCode.UnknownMeasure, wrong));
        return null;
    }

    public static Period? ReadPeriod(RawRow row, List<Refusal> faults)
    {
        if (!Present(row, row.Period, "period", faults))
            return null;
        if (PeriodText.TryParse(row.Period.Text, out var period, out var why))
            return period;
        faults.Add(new(row.Line, row.Period.Address, RefusalCode.BadPeriod, $"period {why}"));
        return null;
    }

    public static bool Present(RawRow row, RawCell cell, string column, List<Refusal> faults)
    {
        if (!Usable(row, cell, column, faults))
            return false;
        if (cell.IsEmpty)
            faults.Add(new(row.Line, cell.Address, RefusalCode.EmptyCell, $"{column} is empty"));
        return !cell.IsEmpty;
    }

    public static bool Usable(RawRow row, RawCell cell, string column, List<Refusal> faults)
    {
        if (cell.Kind == CellKind.Formula)
            faults.Add(new(row.Line, cell.Address, RefusalCode.FormulaCell, $"{column} is a formula; paste its value instead"));
        else if (cell.Kind == CellKind.Other)
            faults.Add(
                new(row.Line, cell.Address, RefusalCode.WrongCellType, $"{column} is {Shown.Of(cell.Text)}; write it as text")
            );
        else
            return true;
        return false;
    }

    public static void Note(List<Refusal> faults, RawRow row, RawCell cell, DoorFault? fault)
    {
        if (fault is not null)
            faults.Add(new(row.Line, cell.Address, fault.Code, fault.Message));
    }
}
