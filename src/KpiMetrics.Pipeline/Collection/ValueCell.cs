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

    /// <summary>True where the cell may hold a value at all, whatever its measure; otherwise <paramref name="faults"/> says why not.</summary>
    public static bool Check(RawRow row, char status, List<Refusal> faults)
    {
        if (Fault(row.Value, status) is not { } fault)
            return true;
        faults.Add(new(row.Line, row.Value.Address, fault.Code, fault.Message));
        return false;
    }

    /// <summary>The value of a cell that passed <see cref="Check"/>; null where it is refused, and then <paramref name="faults"/> says why.</summary>
    public static FigureValue? Read(RawRow row, Measure measure, char status, NumberLocale? locale, List<Refusal> faults)
    {
        var cell = row.Value;
        if (status == ObsStatus.Missing)
            return FigureValue.None;
        if (measure.Kind == MeasureKind.Text)
            return Bulletin(row, measure, faults);
        if (!TryParse(cell, locale, out var number, out var percent, out var why))
        {
            faults.Add(new(row.Line, cell.Address, RefusalCode.BadNumber, $"value {why}"));
            return null;
        }
        if (percent && measure.Unit != "%")
        {
            var message = $"value {Shown.Of(cell.Text)} is a percentage; the unit of {measure.Code} is {measure.Unit ?? "not %"}";
            faults.Add(new(row.Line, cell.Address, RefusalCode.UnitMismatch, message));
            return null;
        }
        if (ValueDoor.Check(measure, number, cell.Text) is { } fault)
        {
            faults.Add(new(row.Line, cell.Address, fault.Code, fault.Message));
            return null;
        }
        return FigureValue.Of(number);
    }

    // A number typed by a machine leaves nothing to guess, whatever the column declares.
    private static bool TryParse(RawCell cell, NumberLocale? locale, out decimal number, out bool percent, out string why) =>
        cell.Kind == CellKind.Number
            ? MachineNumber.TryParse(cell.Text, out number, out percent, out why)
            : NumberText.TryParse(cell.Text, locale, out number, out percent, out why);

    private static FigureValue? Bulletin(RawRow row, Measure measure, List<Refusal> faults)
    {
        var (text, _, address) = row.Value;
        if (
            TryParse(row.Value, NumberLocale.Vi, out _, out _, out _) || TryParse(row.Value, NumberLocale.En, out _, out _, out _)
        )
        {
            var message = $"value {Shown.Of(text)} is a number; {measure.Code} is a text";
            faults.Add(new(row.Line, address, RefusalCode.WrongCellType, message));
            return null;
        }
        if (text.Length <= LongestText)
            return FigureValue.Of(text);
        faults.Add(
            new(row.Line, address, RefusalCode.WrongCellType, $"value has {text.Length} characters; at most {LongestText}")
        );
        return null;
    }

    private static DoorFault? Fault(RawCell cell, char status) =>
        cell switch
        {
            { Kind: CellKind.Formula } => new(RefusalCode.FormulaCell, "value is a formula; paste its value instead"),
            { Kind: CellKind.Other } => new(RefusalCode.WrongCellType, $"value is {Shown.Of(cell.Text)}; write a number"),
            { IsEmpty: true } when status != ObsStatus.Missing => new(
                RefusalCode.EmptyCell,
                "value is empty; a figure is withdrawn with status M"
            ),
            { IsEmpty: false } when status == ObsStatus.Missing => new(
                RefusalCode.BadStatus,
                $"status M withdraws the figure, but the value is {Shown.Of(cell.Text)}; leave one of them empty"
            ),
            _ => null,
        };
}
