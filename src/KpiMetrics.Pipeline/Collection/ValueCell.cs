using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Quality;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Pipeline.Collection;

/// <summary>Reads the value column: a number where the measure is one, a text where it is a bulletin, nothing where the figure is withdrawn.</summary>
internal static class ValueCell
{
    // A bulletin longer than this is a mistake: the whole of a decision is shorter.
    private const int LongestText = 20_000;

    /// <summary>The value; null where it is refused, and then <paramref name="faults"/> says why.</summary>
    public static FigureValue? Read(RawRow row, Measure measure, char status, NumberLocale? locale, List<Refusal> faults)
    {
        var cell = row.Value;
        if (Fault(cell, measure, status) is { } fault)
        {
            faults.Add(new(row.Line, cell.Address, fault.Code, fault.Message));
            return null;
        }
        if (status == ObsStatus.Missing)
            return FigureValue.None;
        if (measure.Kind == MeasureKind.Text)
            return FigureValue.Of(cell.Text);
        // A number typed by a machine leaves nothing to guess, whatever the column declares.
        var read =
            cell.Kind == CellKind.Number
                ? MachineNumber.TryParse(cell.Text, out var number, out var percent, out var why)
                : NumberText.TryParse(cell.Text, locale, out number, out percent, out why);
        if (!read)
        {
            faults.Add(new(row.Line, cell.Address, RefusalCode.BadNumber, $"value {why}"));
            return null;
        }
        if (percent && measure.Unit != "%")
        {
            var message = $"value '{cell.Text}' is a percentage; the unit of {measure.Code} is {measure.Unit ?? "not %"}";
            faults.Add(new(row.Line, cell.Address, RefusalCode.UnitMismatch, message));
            return null;
        }
        return FigureValue.Of(number);
    }

    private static DoorFault? Fault(RawCell cell, Measure measure, char status) =>
        cell switch
        {
            { Kind: CellKind.Formula } => new(RefusalCode.FormulaCell, "value is a formula; paste its value instead"),
            { Kind: CellKind.Other } => new(RefusalCode.WrongCellType, $"value is {cell.Text}; write a number"),
            { IsEmpty: true } when status != ObsStatus.Missing => new(
                RefusalCode.EmptyCell,
                "value is empty; a figure is withdrawn with status M"
            ),
            { IsEmpty: false } when status == ObsStatus.Missing => new(
                RefusalCode.BadStatus,
                $"status M withdraws the figure, but the value is '{cell.Text}'; leave one of them empty"
            ),
            { Text.Length: > LongestText } when measure.Kind == MeasureKind.Text => new(
                RefusalCode.WrongCellType,
                $"value has {cell.Text.Length} characters; at most {LongestText}"
            ),
            _ => null,
        };
}
