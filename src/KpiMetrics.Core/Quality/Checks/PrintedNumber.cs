using KpiMetrics.Core.Catalog;

namespace KpiMetrics.Core.Quality.Checks;

/// <summary>A number as a report prints it, and the true values it may stand for.</summary>
/// <remarks>
/// A whole number of a counted unit is exact. Any other stands for what rounds to it or, as offices also cut, for what is cut off to it:
/// 98.6 for 98.55 up to 98.7. Digits past the fifteenth are a spreadsheet's noise and promise no precision.
/// </remarks>
public readonly record struct PrintedNumber
{
    private const int SpreadsheetDigits = 15;

    private PrintedNumber(decimal value, bool isExact) => (Value, IsExact) = (value, isExact);

    public decimal Value { get; }

    /// <summary>It stands for itself alone.</summary>
    public bool IsExact { get; }

    /// <summary>The decimals as printed: two for 98.60, none for 100.</summary>
    public int Places => Value.Scale;

    /// <summary>One unit of the last place that means something: 0.01 for 98.60, 1 for 100; 0 for an exact number.</summary>
    public decimal Step => IsExact ? 0m : new decimal(1, 0, 0, false, (byte)MeantPlaces);

    /// <summary>The least true value it may stand for.</summary>
    /// <exception cref="OverflowException">It lies beyond what a decimal holds.</exception>
    public decimal Lower => Value > 0m ? Value - Step / 2m : Value - Step;

    /// <summary>The greatest true value it may stand for; see <see cref="Lower"/>.</summary>
    public decimal Upper => Value < 0m ? Value + Step / 2m : Value + Step;

    private int MeantPlaces => Math.Max(0, Value.Scale - Math.Max(0, Digits(Value) - SpreadsheetDigits));

    /// <summary>A figure of the measure: rates and indices are never exact, whatever their unit.</summary>
    public static PrintedNumber Of(decimal value, Measure measure) =>
        measure.Kind is MeasureKind.Ratio or MeasureKind.Index ? Measured(value) : Of(value, measure.Unit);

    public static PrintedNumber Of(decimal value, string? unit) => new(value, decimal.IsInteger(value) && Units.IsCounted(unit));

    /// <summary>A number that is rounded whatever its unit, as every quotient is.</summary>
    public static PrintedNumber Measured(decimal value) => new(value, isExact: false);

    private static int Digits(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = 0;
        for (var rest = new decimal(bits[0], bits[1], bits[2], false, 0); rest >= 1m; rest /= 10m)
            digits++;
        return digits;
    }
}
