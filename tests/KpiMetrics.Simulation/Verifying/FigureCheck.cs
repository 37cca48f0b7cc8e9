using KpiMetrics.Core.Figures;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Simulation.Offices;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>Holds every statement of the ledger against the offices' script and what they were asked: each that was answered is there once, at the time of the answer.</summary>
internal sealed class FigureCheck(QuestionIndex questions, Faults faults)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    public long Statements { get; private set; }

    /// <summary>Corrections that an office was asked for in time to be seen, and are there.</summary>
    public int Corrections { get; private set; }

    /// <summary>Of each period and place of the duty what is there.</summary>
    /// <param name="expected">The periods that must be reported.</param>
    public async Task<Dictionary<(int Period, int Place), Received>> RunAsync(
        DutyScript script,
        IEnumerable<Period> expected,
        ILedger ledger,
        CancellationToken cancellationToken
    )
    {
        var stated = await ReadAsync(script, ledger, cancellationToken);
        var received = new Dictionary<(int Period, int Place), Received>();
        foreach (var period in expected.Union(stated.Keys.Select(key => key.Period)).ToList())
        {
            var asked = questions.Of(script.Number, period.Index);
            for (var place = 0; place < script.Areas.Count; place++)
            {
                for (var of = 0; of < script.Measures.Count; of++)
                {
                    var there = stated.TryGetValue((period, place, of), out var statements) ? statements : [];
                    Check(script, period, place, of, asked, there);
                    if (there.Count > 0)
                        received[(period.Index, place)] = received
                            .GetValueOrDefault((period.Index, place))
                            .With(there[0].ReceivedAt, of);
                }
            }
        }
        return received;
    }

    private async Task<Dictionary<(Period Period, int Place, int Of), IReadOnlyList<Statement>>> ReadAsync(
        DutyScript script,
        ILedger ledger,
        CancellationToken cancellationToken
    )
    {
        var places = script.Areas.Index().ToDictionary(area => area.Item.Id, area => area.Index, StringComparer.Ordinal);
        var measures = script.Measures.Index().ToDictionary(of => of.Item.Code, of => of.Index, StringComparer.Ordinal);
        var stated = new Dictionary<(Period, int, int), IReadOnlyList<Statement>>();
        var query = new FigureQuery(script.Duty.Set, script.Duty.Indicator, Frequency: script.Duty.Frequency);
        await foreach (var series in ledger.ReadAsync(query, cancellationToken))
        {
            foreach (var (period, statements) in series.Periods)
            {
                Statements += statements.Count;
                if (!stated.TryAdd((period, places[series.Key.Area], measures[series.Key.Measure]), statements))
                    faults.Add("a figure in two series", $"{series.Key} {period}");
            }
        }
        return stated;
    }

    private void Check(
        DutyScript script,
        Period period,
        int place,
        int of,
        IReadOnlyList<Question> asked,
        IReadOnlyList<Statement> there
    )
    {
        var sent = script.Knows(period, place) ? script.Of(period, place, of).ToList() : [];
        var next = 0;
        for (var version = 0; version < sent.Count; version++)
        {
            var until = version + 1 < sent.Count ? sent[version + 1].At : DateTimeOffset.MaxValue;
            var (from, value) = sent[version];
            var isThere = next < there.Count && there[next].Value.ToString() == value;
            var (must, at) = Answered(asked, from, until, isThere ? there[next].ReceivedAt : null);
            if (!isThere)
            {
                faults.Check(!must, "a figure was answered and is not there", $"{Name(script, period, place, of)}: {value}");
                continue;
            }
            faults.Check(
                at,
                "a figure at another time than it was answered",
                $"{Name(script, period, place, of)}: {there[next].ReceivedAt:O}"
            );
            next++;
            Corrections += version;
        }
        faults.Check(
            next == there.Count,
            "a statement twice, or that nobody made",
            $"{Name(script, period, place, of)}: {there.Count} statements, {next} expected"
        );
    }

    // Whether it must be there, and whether the time is that of an answer that may have brought it first.
    private static (bool Must, bool IsTime) Answered(
        IReadOnlyList<Question> asked,
        DateTimeOffset from,
        DateTimeOffset until,
        DateTimeOffset? received
    )
    {
        var isTime = false;
        foreach (var question in asked)
        {
            if (!question.IsAnswered || question.Now < from || question.Now >= until)
                continue;
            // What comes later never looks earlier: after the clock was set back it bears the time of what was there, or just after.
            isTime |= received >= question.At && received <= question.Now + Apart;
            if (question.IsDone)
                return (true, isTime);
        }
        return (false, isTime);
    }

    private static string Name(DutyScript script, Period period, int place, int of) =>
        $"{script.Duty} {period} {script.Areas[place].Id} {script.Measures[of].Code}";
}
