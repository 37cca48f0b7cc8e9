using System.Globalization;

namespace KpiMetrics.Faults.Load;

/// <summary>Makes the reports of one desk: new figures, corrections, withdrawals, repetitions and nonsense, all of communes that only it reports.</summary>
internal sealed class ReportMaker(
    Random random,
    LoadIndicator indicator,
    IReadOnlyList<string> communes,
    IReadOnlyList<string> periods
)
{
    private readonly Dictionary<FigureKey, Stated> stated = [];
    private (string Area, string Period)? last;

    /// <summary>What was accepted so far.</summary>
    public IReadOnlyDictionary<FigureKey, Stated> Stated => stated;

    public Push Next(string key)
    {
        var isRepetition = last is not null && random.Next(100) < 6;
        var (area, period) = isRepetition && last is { } before ? before : (Pick(communes), Period());
        last = (area, period);
        var rows = new List<PushRow>();
        for (var number = 1; number <= indicator.Measures; number++)
        {
            if (rows.Count == 0 || random.Next(5) > 0)
                rows.Add(Good(new(indicator.Set.Code, indicator.Measure(number), area, period), isRepetition));
        }
        if (random.Next(100) < 8)
            rows.Insert(random.Next(rows.Count + 1), Bad(area, period));
        return new(indicator.Set, key, rows);
    }

    /// <summary>The push was answered as it had to be.</summary>
    public void Accept(Push push)
    {
        foreach (var row in push.Rows)
        {
            if (row.Next is { } next)
                stated[row.Key] = next;
        }
    }

    private PushRow Good(FigureKey key, bool isRepetition)
    {
        var isKnown = stated.TryGetValue(key, out var before);
        var chance = isRepetition ? 0 : random.Next(100);
        var value = chance switch
        {
            < 8 when isKnown => before.Value,
            < 12 when isKnown => "",
            _ => (random.Next(1, 100_000_000) / 100m).ToString("F2", CultureInfo.InvariantCulture),
        };
        var json =
            value.Length > 0 ? PushRow.Text(indicator, key, value) : PushRow.Text(indicator, key, "\"\"", ",\"status\":\"M\"");
        return isKnown && before.Value == value
            ? new(json, "repeated", key, before)
            : new(json, "recorded", key, new(value, before.Statements + 1));
    }

    // Its measure is the last one and in no other row of a report about another period: a bad row must not be a contradiction as well.
    private PushRow Bad(string area, string period)
    {
        var key = new FigureKey(indicator.Set.Code, indicator.Measure(1), area, period);
        var (json, code) = random.Next(5) switch
        {
            0 => (PushRow.Text(indicator, key, "1", ",\"unit\":\"kg\""), "unit-mismatch"),
            1 => (PushRow.Text(indicator, key with { Area = "99999" }, "1"), "unknown-area"),
            2 => (PushRow.Text(indicator, key, "\"nhiều\""), "bad-number"),
            3 => (PushRow.Text(indicator, key with { Measure = $"{indicator.Code}.99" }, "1"), "unknown-measure"),
            _ => (
                PushRow.Text(indicator, key with { Period = "2190-01-01" }, "1"),
                indicator.Frequency == 'M' ? "wrong-frequency" : "period-not-begun"
            ),
        };
        return new(json, code, key, null);
    }

    private string Period() => random.Next(100) < 30 ? periods[random.Next(Math.Min(4, periods.Count))] : Pick(periods);

    private string Pick(IReadOnlyList<string> among) => among[random.Next(among.Count)];
}
