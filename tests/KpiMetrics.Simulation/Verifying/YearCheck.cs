using System.Globalization;
using System.Text;
using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>Holds the ledger after the year against the calendar and the offices' script, and says what it found.</summary>
internal sealed class YearCheck(SimulatedWorld world)
{
    private readonly Faults faults = new();
    private readonly StringBuilder report = new();

    public Faults Faults => faults;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var ledger = new SqliteLedger(world.LedgerFile);
        var questions = QuestionIndex.Read(world.LogFiles);
        var stopped = await EmergenciesAsync(ledger, cancellationToken);
        var scripts = DutyScript.All(world);
        var duties = ExpectedDuty.All(scripts, stopped).ToList();
        var figures = new FigureCheck(questions, faults);
        var checks = new Dictionary<Duty, ObligationCheck>();
        foreach (var duty in duties)
        {
            var received = await figures.RunAsync(duty.Script, duty.Periods.Keys, ledger, cancellationToken);
            var check = new ObligationCheck(duty, received, faults);
            checks[duty.Script.Duty] = check;
            var hours = checks.GetValueOrDefault(duty.Script.Duty with { Frequency = Frequency.Hour });
            var query = new ObligationQuery(
                duty.Script.Duty.Set,
                duty.Script.Duty.Indicator,
                Frequency: duty.Script.Duty.Frequency,
                WithVoid: true
            );
            await foreach (var obligation in ledger.ReadAsync(query, cancellationToken))
                check.Take(obligation, duty.Script.Duty.Frequency == Frequency.Day ? hours : null);
            check.Finish();
        }
        await OthersAsync(ledger, checks.Keys.ToHashSet(), cancellationToken);
        var sums = await new FoldedFigures(world, ledger, faults).RunAsync(scripts, cancellationToken);
        faults.Check(sums > 0, "no day is the sum of its hours", $"{sums}");
        await new Samples(ledger, faults).RunAsync(cancellationToken);
        Table(duties, checks);
        Rates(checks.Values);
        Line($"{questions.Count} questions, {figures.Statements} statements, {figures.Corrections} of them corrections");
        Line(
            $"{checks.Values.Sum(check => check.Folded)} days by their hours alone, {checks.Values.Sum(check => check.Void)} hours void, {checks.Values.Sum(check => check.LateByUs)} sent in time and taken late"
        );
        faults.Check(figures.Corrections > 100, "too few corrections came", $"{figures.Corrections}");
        faults.Check(
            checks.Values.Sum(check => check.Folded) > 3,
            "too few days folded",
            $"{checks.Values.Sum(check => check.Folded)}"
        );
        return report.ToString();
    }

    private async Task<DateTimeOffset> EmergenciesAsync(SqliteLedger ledger, CancellationToken cancellationToken)
    {
        var declared = await ledger.ReadEmergenciesAsync(cancellationToken);
        faults.Check(declared.Count == 2, "another number of emergencies", $"{declared.Count}");
        var slide = declared.FirstOrDefault(emergency => emergency.Order == EmergencyScript.Slide);
        if (slide?.StoppedAt is not { } stopped)
        {
            faults.Add("the second emergency was not stopped", $"{slide}");
            return EmergencyScript.SlideStop;
        }
        faults.Check(
            stopped >= EmergencyScript.SlideStop && stopped < EmergencyScript.SlideStop.AddMinutes(20) && slide.Until == stopped,
            "the second emergency was stopped at another time",
            $"{slide}"
        );
        return stopped;
    }

    // Nothing of duties that nobody obliges: of Tây Ninh, or of coarser frequencies.
    private async Task OthersAsync(SqliteLedger ledger, HashSet<Duty> known, CancellationToken cancellationToken)
    {
        foreach (var (duty, set, _) in world.Duties.Where(each => !known.Contains(each.Duty)))
            faults.Add("a duty that should not be", $"{duty} of {set.Code}");
        foreach (var set in world.Catalog.Sets)
        {
            foreach (var indicator in set.Indicators)
            {
                foreach (
                    var frequency in Enum.GetValues<Frequency>()
                        .Where(each => !known.Contains(new(set.Code, indicator.Code, each)))
                )
                {
                    await foreach (
                        var obligation in ledger.ReadAsync(
                            new ObligationQuery(set.Code, indicator.Code, Frequency: frequency, WithVoid: true),
                            cancellationToken
                        )
                    )
                        faults.Add(
                            "an obligation that should not be",
                            $"{obligation.Duty} {obligation.Period} {obligation.Area}"
                        );
                }
            }
        }
    }

    private void Table(List<ExpectedDuty> duties, Dictionary<Duty, ObligationCheck> checks)
    {
        Line($"{"set", -10} {"freq", -4} {"duties", 6} {"expected", 9} {"found", 9}  states");
        var groups = duties.GroupBy(duty => (duty.Script.Duty.Set, duty.Script.Duty.Frequency));
        foreach (var group in groups.OrderBy(group => group.Key.Set, StringComparer.Ordinal).ThenBy(group => group.Key.Frequency))
        {
            var of = group.Select(duty => checks[duty.Script.Duty]).ToList();
            var states = of.SelectMany(check => check.States)
                .GroupBy(state => state.Key, state => state.Value)
                .OrderBy(state => state.Key)
                .Select(state => FormattableString.Invariant($"{state.Key.Code()} {state.Sum()}"));
            Line(
                $"{group.Key.Set, -10} {group.Key.Frequency.Code(), -4} {group.Count(), 6} {group.Sum(duty => duty.Count), 9} {of.Sum(check => check.Count), 9}  {string.Join(", ", states)}"
            );
        }
        Line($"{"all", -15} {duties.Count, 6} {duties.Sum(duty => duty.Count), 9} {checks.Values.Sum(check => check.Count), 9}");
    }

    private void Rates(IReadOnlyCollection<ObligationCheck> checks)
    {
        Line($"{"due", 9} {"received", 9} {"on time", 9} {"sent", 9}  agency");
        foreach (var agency in checks.SelectMany(check => check.Rates).GroupBy(rate => rate.Key, rate => rate.Value))
        {
            var (expected, received) = (agency.Sum(rate => rate.Expected), agency.Sum(rate => rate.Received));
            var (onTime, sent) = (agency.Sum(rate => rate.OnTime), agency.Sum(rate => rate.Sent));
            var engine = checks
                .Select(check => check.EngineRates.GetValueOrDefault(agency.Key))
                .Aggregate(
                    (one, other) => new(one.Expected + other.Expected, one.Received + other.Received, one.OnTime + other.OnTime)
                );
            Line($"{expected, 9} {received, 9} {onTime, 9} {sent, 9}  {agency.Key}");
            faults.Check(engine == new ReportingRate(expected, received, onTime), "another rate", $"{agency.Key}: {engine}");
            // Ticks lost one after another, or a restart just before the due instant: a period here and there.
            faults.Check(
                (sent - onTime) * 200 <= expected || sent - onTime <= 2 * Communes.Count,
                "sent in time and taken late",
                $"{agency.Key}: {onTime} of {sent}"
            );
        }
    }

    private void Line(FormattableString line) => report.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
