using System.Globalization;
using KpiMetrics.Core.Periods;
using KpiMetrics.Tests.Quality.Detectors;

namespace KpiMetrics.Tests.Checks.Statistics;

/// <summary>Eight communes that each report one monthly amount (A02.01, tonnes) with the season and growth of <see cref="Growing"/>, and no noise.</summary>
internal static class Communes
{
    public static readonly string[] Codes = ["09001", "08999", "09101", "09102", "09103", "09104", "09105", "09106"];

    private const string Last = """  - {code: "08999", name: Xã Giáp, level: commune, from: 2010-01-01, parent: "97"}""";

    /// <summary>What is different in the files of <see cref="CheckWorld"/>.</summary>
    public static string Change(string text) =>
        text.Replace(
            Last,
            string.Join(
                '\n',
                Codes
                    .Skip(2)
                    .Select(code =>
                        Last.Replace("08999", code, StringComparison.Ordinal).Replace("Giáp", code, StringComparison.Ordinal)
                    )
                    .Prepend(Last)
            ),
            StringComparison.Ordinal
        );

    /// <summary>The lines of all communes, month by month.</summary>
    public static IEnumerable<string> Lines(string from, string to) => Codes.SelectMany(code => Lines(code, from, to));

    public static IEnumerable<string> Lines(string code, string from, string to)
    {
        for (var month = Period.Parse(from); month <= Period.Parse(to); month = month.Shift(1))
            yield return Line(code, month, At(code, month));
    }

    /// <summary>What a commune reports when nothing is wrong.</summary>
    public static decimal At(string code, Period month) => Growing.At(month, 1 + Array.IndexOf(Codes, code), 1);

    public static string Line(string code, Period month, decimal value) =>
        string.Create(CultureInfo.InvariantCulture, $"A02.01 {code} {month} {value}");

    /// <summary>One figure that is not as it should be.</summary>
    public static string Wrong(string code, string month, decimal factor) =>
        Line(code, Period.Parse(month), At(code, Period.Parse(month)) * factor);
}
