using KpiMetrics.Core.Derivation.Graph;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>Works a formula out from the numbers of its inputs, in their order.</summary>
internal static class Recomputation
{
    public static decimal? Of(Explanation explained)
    {
        var numbers = new List<decimal>(explained.Inputs.Count);
        foreach (var input in explained.Inputs)
        {
            if (input.Number is { } number)
                numbers.Add(number);
        }
        if (numbers.Count < Least(explained.Arithmetic))
            return null;
        return explained.Arithmetic switch
        {
            Arithmetic.Same => numbers[0],
            Arithmetic.Sum => numbers.Sum(),
            Arithmetic.Difference => numbers[0] - numbers.Skip(1).Sum(),
            Arithmetic.Change => Change.Of(numbers[0], numbers[1], inPoints: false, explained.Period).Value,
            Arithmetic.Quotient => Quotients.Divide(numbers[0], numbers[1], inPercent: false, explained.Period).Value,
            Arithmetic.Percent => Quotients.Divide(numbers[0], numbers[1], inPercent: true, explained.Period).Value,
            Arithmetic.Mean => numbers.Average(),
            Arithmetic.GeometricMean => GeometricMean.Of(numbers, out var mean) == Absence.None ? mean : null,
            Arithmetic.Max => numbers.Max(),
            _ => null,
        };
    }

    private static int Least(Arithmetic arithmetic) =>
        arithmetic is Arithmetic.Difference or Arithmetic.Change or Arithmetic.Quotient or Arithmetic.Percent ? 2 : 1;
}
