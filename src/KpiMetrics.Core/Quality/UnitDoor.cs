using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Core.Quality;

/// <summary>Whether a report counts in the unit of the decision. Nothing is ever converted: who reports does that.</summary>
public static class UnitDoor
{
    /// <summary>Null where the unit is the measure's, whatever its case and blanks, with m2 for m².</summary>
    public static DoorFault? Check(Measure measure, string unit)
    {
        if (measure.Unit is not { } printed)
            return new(RefusalCode.UnitMismatch, $"unit {Shown.Of(unit)}: {measure.Code} has none; leave it empty");
        return PrintedText.IsSame(printed, unit)
            ? null
            : new(
                RefusalCode.UnitMismatch,
                $"unit {Shown.Of(unit)} is not that of {measure.Code}, {Shown.Of(printed)}; nothing is converted: write the value in {printed}"
            );
    }
}
