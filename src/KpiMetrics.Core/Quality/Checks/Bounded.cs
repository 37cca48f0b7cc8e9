namespace KpiMetrics.Core.Quality.Checks;

/// <summary>A number computed from printed ones, and how small and how great it may really be. Overflow throws.</summary>
internal readonly record struct Bounded(decimal Value, decimal Lower, decimal Upper)
{
    public static Bounded Of(PrintedNumber number) => new(number.Value, number.Lower, number.Upper);

    public static Bounded Exactly(decimal value) => new(value, value, value);

    public static Bounded Sum(IEnumerable<Bounded> terms) => terms.Aggregate(Exactly(0m), (sum, term) => sum + term);

    public static Bounded operator +(Bounded left, Bounded right) =>
        new(left.Value + right.Value, left.Lower + right.Lower, left.Upper + right.Upper);

    public static Bounded operator -(Bounded left, Bounded right) =>
        new(left.Value - right.Value, left.Lower - right.Upper, left.Upper - right.Lower);

    /// <param name="factor">Positive.</param>
    public Bounded Times(decimal factor) => new(Value * factor, Lower * factor, Upper * factor);

    /// <param name="divisor">Not 0: a printed number other than 0 never stands for 0.</param>
    public Bounded Over(Bounded divisor)
    {
        ReadOnlySpan<decimal> corners =
        [
            Lower / divisor.Lower,
            Lower / divisor.Upper,
            Upper / divisor.Lower,
            Upper / divisor.Upper,
        ];
        var (least, greatest) = (corners[0], corners[0]);
        foreach (var corner in corners[1..])
            (least, greatest) = (Math.Min(least, corner), Math.Max(greatest, corner));
        return new(Value / divisor.Value, least, greatest);
    }

    /// <summary>Without the sign, for a divisor: never across 0.</summary>
    public Bounded Magnitude() => Value < 0m ? new(-Value, -Upper, -Lower) : this;
}
