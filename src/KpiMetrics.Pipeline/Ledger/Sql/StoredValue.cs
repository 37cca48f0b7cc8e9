using System.Globalization;
using KpiMetrics.Core.Figures;

namespace KpiMetrics.Pipeline.Ledger.Sql;

/// <summary>A figure's value as two columns: the digits of a number, or a text; both NULL for a withdrawal.</summary>
internal static class StoredValue
{
    public static FigureValue Read(string? number, string? text) =>
        number is not null ? FigureValue.Of(decimal.Parse(number, NumberStyles.Number, CultureInfo.InvariantCulture))
        : text is not null ? FigureValue.Of(text)
        : FigureValue.None;

    public static string? Digits(FigureValue value) => value.Number?.ToString(CultureInfo.InvariantCulture);
}
