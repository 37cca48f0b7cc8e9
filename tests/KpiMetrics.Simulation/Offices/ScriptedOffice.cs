using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Sources;

namespace KpiMetrics.Simulation.Offices;

/// <summary>An office as one visit finds it: it answers with what it has stated by now.</summary>
/// <param name="visit">The number of the visit, for the log.</param>
/// <param name="at">Our clock.</param>
/// <param name="now">The world's clock, which is never set back.</param>
internal sealed class ScriptedOffice(
    Office office,
    DutyScript script,
    QuestionLog log,
    string visit,
    DateTimeOffset at,
    DateTimeOffset now
) : IPulledSource
{
    public SourceOptions Options => office.Options;

    public Task<IReadOnlyList<SourceReport>> AskAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        if (office.IsDown(now))
        {
            log.Asked('F', visit, script.Number, question, at, now);
            throw new SourceUnavailableException("503");
        }
        log.Asked('Q', visit, script.Number, question, at, now);
        var rows = new List<RawRow>();
        foreach (var period in question.Periods)
            Answer(period, rows);
        return Task.FromResult<IReadOnlyList<SourceReport>>([new(null, rows)]);
    }

    private void Answer(Period period, List<RawRow> rows)
    {
        var text = Cell(period.ToString());
        var indicator = Cell(script.Duty.Indicator);
        for (var place = 0; place < script.Areas.Count; place++)
        {
            if (!script.Knows(period, place))
                continue;
            var area = Cell(script.Areas[place].Code);
            for (var of = 0; of < script.Measures.Count; of++)
            {
                string? value = null;
                foreach (var sent in script.Of(period, place, of))
                {
                    if (sent.At <= now)
                        value = sent.Value;
                }
                if (value is not null)
                    rows.Add(
                        new(rows.Count + 1)
                        {
                            Indicator = indicator,
                            Measure = Cell(script.Measures[of].Code),
                            Subject = Cell(script.Measures[of].Subjects is [var first, ..] ? first.Code : ""),
                            Area = area,
                            Period = text,
                            Value = Cell(value),
                        }
                    );
            }
        }
    }

    private static RawCell Cell(string text) => new(text, CellKind.Text, "");
}
