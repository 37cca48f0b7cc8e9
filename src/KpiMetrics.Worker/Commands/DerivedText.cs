using System.Globalization;

namespace KpiMetrics.Worker.Commands;

/// <summary>How exports print computed numbers: all digits, without the zeros that division leaves at the end.</summary>
internal static class DerivedText
{
    /// <summary>The most decimals that a number can have.</summary>
    public const int MostDigits = 28;

    private const string AllDigits = "0.############################";

    public static string Print(decimal value) => value.ToString(AllDigits, CultureInfo.InvariantCulture);
}
