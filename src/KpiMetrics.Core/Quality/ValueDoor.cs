using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Figures;
using static System.FormattableString;

namespace KpiMetrics.Core.Quality;

/// <summary>What a number of a measure can be: its sign, its range, and whether it has decimals (DESIGN 4.8).</summary>
public static class ValueDoor
{
    /// <summary>Null where the figure can be. What is only unlikely passes: that is for the checks on the ledger.</summary>
    /// <param name="text">The value as sent, for the message.</param>
    public static DoorFault? Check(Measure measure, decimal number, string text)
    {
        if (Least(measure) is { } least && number < least)
        {
            return number < 0m && least >= 0m
                ? new(
                    RefusalCode.NegativeValue,
                    Invariant($"{Value(number, text)} is negative; the least {measure.Code} can be is {least}")
                )
                : Outside(measure, Invariant($"{Value(number, text)} is below {least}, the least {measure.Code} can be"));
        }
        if (measure.Max is { } most && number > most)
            return Outside(measure, Invariant($"{Value(number, text)} is above {most}, the most {measure.Code} can be"));
        if (number == decimal.Truncate(number))
            return null;
        if (IsCoded(measure))
            return new(RefusalCode.NotWhole, $"{Value(number, text)} is none of the answers of {measure.Code}: {measure.Unit}");
        return Units.IsCount(measure)
            ? new(
                RefusalCode.NotWhole,
                $"{Value(number, text)} has decimals; {measure.Code} counts in the unit {measure.Unit}: write a whole number"
            )
            : null;
    }

    private static decimal? Least(Measure measure) => measure.Min ?? (measure.MayBeNegative || IsComparison(measure) ? null : 0m);

    // What falls is reported as a minus by some offices, whatever the set says of the row.
    private static bool IsComparison(Measure measure) =>
        measure.Derived?.Rule
            is DerivedRule.Pop
                or DerivedRule.Yoy
                or DerivedRule.YtdYoy
                or DerivedRule.Season
                or DerivedRule.Plan
                or DerivedRule.Difference;

    // "Có = 1; Không = 0": the unit lists the answers.
    private static bool IsCoded(Measure measure) =>
        measure is { Kind: MeasureKind.Score, Unit: { } unit } && unit.Contains('=', StringComparison.Ordinal);

    private static DoorFault Outside(Measure measure, string what) =>
        new(
            RefusalCode.OutOfRange,
            measure.Unit is { } unit
                ? $"{what}: it is wrong, or not in the unit {unit}"
                : $"{what}: it is wrong, or in another unit"
        );

    private static string Value(decimal number, string text)
    {
        var read = Invariant($"{number}");
        return read == text ? $"value {Shown.Of(text)}" : $"value {Shown.Of(text)} ({read})";
    }
}
