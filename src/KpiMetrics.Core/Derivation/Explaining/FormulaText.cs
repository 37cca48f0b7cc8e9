using System.Globalization;

namespace KpiMetrics.Core.Derivation.Explaining;

/// <summary>A formula in symbols with its numbers: <c>(151619 - 140000) / |140000| * 100 = 8.299285...</c></summary>
public static class FormulaText
{
    private const int MostTerms = 12;
    private const int FirstTerms = 3;
    private const int Decimals = 6;
    private const string AllDigits = "0.############################";

    /// <summary>Null where there is no formula, or no number.</summary>
    public static string? Of(Explanation explained)
    {
        var terms = explained.Inputs.Where(input => input.Of.Result.Value is not null).Select(Term).ToList();
        if (explained.Result.Value is not { } result || terms.Count == 0)
            return null;
        var symbols = explained.Arithmetic switch
        {
            Arithmetic.Same => terms[0],
            Arithmetic.Sum => Sum(terms),
            Arithmetic.Difference => terms.Count == 2 ? $"{terms[0]} - {Guarded(terms[1])}" : $"{terms[0]} - ({Sum(terms[1..])})",
            Arithmetic.Change => $"({terms[0]} - {Guarded(terms[1])}) / |{terms[1]}| * 100",
            Arithmetic.Quotient => $"{terms[0]} / {Guarded(terms[1])}",
            Arithmetic.Percent => $"{terms[0]} / {Guarded(terms[1])} * 100",
            Arithmetic.Mean => $"({Sum(terms)}) / {terms.Count}",
            Arithmetic.GeometricMean => $"({Joined(terms, " * ")})^(1/{terms.Count})",
            Arithmetic.Max => $"max({Joined(terms, ", ")})",
            _ => null,
        };
        return symbols is null ? null : $"{symbols} = {Rounded(result)}";
    }

    /// <summary>All digits up to the sixth decimal, and three points where there are more.</summary>
    public static string Rounded(decimal number)
    {
        var cut = Math.Round(number, Decimals, MidpointRounding.ToZero);
        return cut == number ? Print(number) : $"{cut.ToString("0.000000", CultureInfo.InvariantCulture)}...";
    }

    private static string Term(ExplainedInput input)
    {
        var number = Print(input.Of.Result.Value.GetValueOrDefault());
        var linked = input.Link == 1m ? number : $"{number} / {Print(input.Link)}";
        return input.Weight switch
        {
            1m => linked,
            -1m => $"-{Guarded(linked)}",
            _ => $"{linked} * {Print(input.Weight)}",
        };
    }

    private static string Sum(IReadOnlyList<string> terms) => Joined(terms, " + ").Replace("+ -", "- ", StringComparison.Ordinal);

    private static string Joined(IReadOnlyList<string> terms, string sign) =>
        terms.Count <= MostTerms ? string.Join(sign, terms) : string.Join(sign, [.. terms.Take(FirstTerms), "...", terms[^1]]);

    private static string Guarded(string term) =>
        term.StartsWith('-') || term.Contains(' ', StringComparison.Ordinal) ? $"({term})" : term;

    private static string Print(decimal number) => number.ToString(AllDigits, CultureInfo.InvariantCulture);
}
