using System.Globalization;
using System.Text.RegularExpressions;
using KpiMetrics.Tests.Derivation.RealData;

namespace KpiMetrics.Tests.Checks.RealData;

/// <summary>A row of the table in <c>cases/published/README.md</c>: what a published table has wrong, and what is said of it.</summary>
/// <param name="File">Of ../shared/data/vietnam.</param>
/// <param name="Line">From 1, with the header.</param>
/// <param name="Series">Measure and subject: <c>GS-02.01/than</c>.</param>
/// <param name="Printed">As the file has it.</param>
/// <param name="Report">The day on which it came out.</param>
/// <param name="Sentence">Where it has the sign of what is left out, any number may stand.</param>
internal sealed partial record PublishedError(
    string File,
    int Line,
    string Series,
    string Period,
    string Printed,
    string Report,
    string Code,
    string Sentence
)
{
    private const char LeftOut = '…';

    public static IReadOnlyList<PublishedError> Read() =>
        [
            .. System
                .IO.File.ReadLines(Path.Combine(Case.PathOf("published"), "README.md"))
                .Where(line => line.StartsWith("| `vn_", StringComparison.Ordinal))
                .Select(line => Of([.. line.Split('|').Select(cell => cell.Trim().Trim('`'))])),
        ];

    /// <summary>The number that stands where the table leaves one out; null where the sentence is another.</summary>
    public bool Says(string sentence, out decimal? leftOut)
    {
        leftOut = null;
        var (before, after) = Sentence.Split(LeftOut) is [var first, var last] ? (first, last) : (Sentence, "");
        if (
            sentence.Length < before.Length + after.Length
            || !sentence.StartsWith(before, StringComparison.Ordinal)
            || !sentence.EndsWith(after, StringComparison.Ordinal)
        )
            return false;
        var between = sentence[before.Length..^after.Length];
        if (!Sentence.Contains(LeftOut))
            return between.Length == 0;
        if (!Whole().IsMatch(between))
            return false;
        leftOut = decimal.Parse(between, CultureInfo.InvariantCulture);
        return true;
    }

    public override string ToString() => $"{File}:{Line} {Series} {Period}";

    private static PublishedError Of(string[] cells)
    {
        // Nothing stands before the first line and after the last.
        Assert.Equal(10, cells.Length);
        var (file, line) = cells[1].Split(':') is [var name, var number] ? (name, number) : (cells[1], "");
        return new(
            file,
            int.Parse(line, CultureInfo.InvariantCulture),
            cells[2],
            cells[3],
            cells[4],
            cells[5],
            cells[6],
            cells[7]
        );
    }

    [GeneratedRegex("^[0-9]+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();
}
