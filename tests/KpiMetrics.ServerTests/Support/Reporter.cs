using System.Globalization;
using System.Text;

namespace KpiMetrics.ServerTests.Support;

/// <summary>
/// An office that reports new figures, corrections, withdrawals, repetitions and nonsense on some measures of <see cref="TestSet"/>, and
/// remembers everything it said that had to be taken.
/// </summary>
internal sealed class Reporter
{
    /// <summary>What is said of a figure that is taken back.</summary>
    public const string Withdrawn = "";

    private readonly Random random;
    private readonly string[] keys;
    private readonly Dictionary<string, List<string>> said = new(StringComparer.Ordinal);

    public Reporter(Random random, IEnumerable<string> measures, IEnumerable<string> communes)
    {
        this.random = random;
        keys =
        [
            .. from measure in measures
            from commune in communes
            from month in TestSet.Months
            select string.Join(',', measure[..6], measure, commune, month),
        ];
    }

    /// <summary>What was said of each figure, <c>indicator,measure,area,period</c>, in order; a withdrawal is empty.</summary>
    public IReadOnlyDictionary<string, List<string>> Said => said;

    /// <summary>The next report, to be received after all before it.</summary>
    /// <param name="rows">How many good rows.</param>
    /// <param name="refused">How many bad ones, strewn among them.</param>
    public Report Next(string name, int rows, int refused)
    {
        random.Shuffle(keys);
        var lines = keys.Take(rows).Select(key => (Text: Good(key, out var isNew), IsNew: isNew, IsRefused: false)).ToList();
        for (var bad = 0; bad < refused; bad++)
            lines.Insert(random.Next(lines.Count + 1), (Bad(), false, true));
        var text = new StringBuilder("indicator,measure,area,period,value:en,status\n");
        foreach (var line in lines)
            text.Append(line.Text).Append('\n');
        var recorded = lines.Count(line => line.IsNew);
        return new(
            name,
            text.ToString(),
            lines.Count,
            recorded,
            rows - recorded,
            [.. Enumerable.Range(0, lines.Count).Where(at => lines[at].IsRefused).Select(at => at + 2)]
        );
    }

    private string Good(string key, out bool isNew)
    {
        if (!said.TryGetValue(key, out var before))
            said[key] = before = [];
        var chance = random.Next(100);
        var value = chance switch
        {
            < 10 when before.Count > 0 => before[^1],
            < 15 when before.Count > 0 => Withdrawn,
            _ => Number(),
        };
        isNew = before.Count == 0 || before[^1] != value;
        if (isNew)
            before.Add(value);
        return $"{key},{value},{(value == Withdrawn ? "M" : "")}";
    }

    private string Number() => (random.Next(-100_000, 10_000_000) / 100m).ToString("F2", CultureInfo.InvariantCulture);

    private string Bad() =>
        random.Next(5) switch
        {
            0 => "TN-A01,TN-A01.99,97001,2022-01,1,",
            1 => "TN-A01,TN-A01.01,99999,2022-01,1,",
            2 => "TN-A01,TN-A01.01,97001,2190-01,1,",
            3 => "TN-A01,TN-A01.01,97001,2022-01,nhiều,",
            _ => "TN-A01,TN-A01.01,97001,2022-01,,",
        };
}
