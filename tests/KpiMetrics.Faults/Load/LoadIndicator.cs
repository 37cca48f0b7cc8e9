using System.Globalization;
using System.Text;

namespace KpiMetrics.Faults.Load;

/// <summary>An indicator of a <see cref="LoadSet"/>; every second measure is a flow, the others are stocks.</summary>
/// <param name="Frequency">SDMX letter, at which it is reported.</param>
internal sealed record LoadIndicator(LoadSet Set, string Code, string Agency, char Frequency, int Measures)
{
    public const string Unit = "Tấn";

    // Of the newest period reported: so long before now that no step of a clock makes it one that has not begun.
    private const int Away = 3;

    public string Measure(int number) => string.Create(CultureInfo.InvariantCulture, $"{Code}.{number:00}");

    /// <summary>Periods of the past that are reported, newest first.</summary>
    /// <param name="now">In Vietnam.</param>
    public IReadOnlyList<string> Periods(DateTime now) =>
        Frequency switch
        {
            'M' => [.. Enumerable.Range(1, 24).Select(back => Text(now.AddDays(1 - now.Day).AddMonths(-back), "yyyy-MM"))],
            'D' => [.. Enumerable.Range(Away, 30).Select(back => Text(now.AddDays(-back), "yyyy-MM-dd"))],
            _ => [.. Enumerable.Range(Away, 72).Select(back => Text(now.AddHours(-back), "yyyy-MM-ddTHH"))],
        };

    public void Write(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
                  - code: {Code}
                    number: "{Code}"
                    name: Chỉ số {Code}
                    agency: {Agency}
                    frequencies: [{(Frequency == 'H' ? "H, D" : Frequency)}]
                    measures:

            """
        );
        for (var number = 1; number <= Measures; number++)
        {
            var kind = number % 2 == 0 ? "stock" : "flow";
            text.Append(
                CultureInfo.InvariantCulture,
                $"          - {{code: {Measure(number)}, name: Số liệu {number}, unit: {Unit}, kind: {kind}, aggregation: sum}}\n"
            );
        }
    }

    private static string Text(DateTime time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
