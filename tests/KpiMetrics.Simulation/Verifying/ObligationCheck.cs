using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.Running;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>Holds the obligations of one duty against what must be there, and what became of them against the figures.</summary>
internal sealed class ObligationCheck(
    ExpectedDuty expected,
    IReadOnlyDictionary<(int Period, int Place), Received> received,
    Faults faults
)
{
    // Hours, by the day that they are part of and place: how many are complete, and since when.
    private readonly Dictionary<(DateTime Day, int Place), (int Hours, DateTimeOffset Since)> folds = [];
    private readonly HashSet<(Period, string)> seen = [];
    private readonly Dictionary<string, int> places = expected
        .Script.Areas.Index()
        .ToDictionary(area => area.Item.Id, area => area.Index, StringComparer.Ordinal);

    /// <summary>How many hold.</summary>
    public int Count { get; private set; }

    public int Void { get; private set; }

    public SortedDictionary<ObligationState, int> States { get; } = [];

    /// <summary>Days that stand by their hours alone.</summary>
    public int Folded { get; private set; }

    /// <summary>What was sent in time and taken late, for want of a tick between.</summary>
    public int LateByUs { get; private set; }

    /// <summary>By agency: due, there, in time; and what could have been in time, as the offices sent it and somebody was there to ask.</summary>
    public Dictionary<string, (int Expected, int Received, int OnTime, int Sent)> Rates { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ReportingRate> EngineRates { get; } = new(StringComparer.Ordinal);

    /// <param name="hours">The check of the same indicator's hours; null where it has none.</param>
    public void Take(Obligation obligation, ObligationCheck? hours)
    {
        var name = $"{obligation.Duty} {obligation.Period} {obligation.Area}";
        if (!seen.Add((obligation.Period, obligation.Area)))
            faults.Add("an obligation twice", name);
        if (
            !expected.Periods.TryGetValue(obligation.Period, out var period)
            || !places.TryGetValue(obligation.Area, out var place)
        )
        {
            faults.Add("an obligation that should not be", name);
            return;
        }
        if (obligation.VoidAt is not null)
        {
            Void++;
            faults.Check(expected.MayBeVoid(period, place), "void that should hold", $"{name} at {obligation.VoidAt:O}");
            return;
        }
        if (!expected.Has(obligation.Period, place))
        {
            faults.Add("an obligation that should not be", name);
            return;
        }
        Count++;
        CheckTimes(obligation, period, name);
        CheckOutcome(obligation, period, place, hours, name);
    }

    public void Finish()
    {
        if (Count == expected.Count)
            return;
        foreach (var period in expected.Periods.Keys.Order())
        {
            foreach (var (area, place) in places)
            {
                if (expected.Has(period, place) && !seen.Contains((period, area)))
                    faults.Add("an obligation is missing", $"{expected.Script.Duty} {period} {area}");
            }
        }
    }

    private void CheckTimes(Obligation obligation, ExpectedPeriod period, string name)
    {
        var times = obligation.Times;
        faults.Check(times.Due == period.Due, "another due instant", $"{name}: {times.Due:O}, expected {period.Due:O}");
        faults.Check(times.Opens == period.Opens, "another opening", $"{name}: {times.Opens:O}, expected {period.Opens:O}");
        faults.Check(times.Lead == period.Lead && times.Grace == period.Grace, "another lead or grace", $"{name}");
        faults.Check(
            obligation.Needs.SequenceEqual(expected.Script.Measures.Select(measure => measure.Code)),
            "other needs",
            $"{name}: {string.Join(' ', obligation.Needs)}"
        );
        faults.Check(obligation.Agency == expected.Script.Indicator.Agency, "another agency", $"{name}: {obligation.Agency}");
        CheckCreated(obligation, period, name);
    }

    // Ahead of its time, where we ran then; right after we ran again, where we did not.
    private void CheckCreated(Obligation obligation, ExpectedPeriod period, string name)
    {
        var first = period.Created > SimulatedWorld.Start ? period.Created : SimulatedWorld.Start;
        if (obligation.Duty.Frequency == Frequency.Hour)
            first =
                LocalTime.At(period.Start) < EmergencyScript.FloodUntil ? EmergencyScript.FloodFrom : EmergencyScript.SlideFrom;
        if (first < period.Created)
            first = period.Created;
        if (first >= YearRun.Tet.AddMinutes(-90) && first < YearRun.Tet.AddDays(3))
            first = YearRun.Tet.AddDays(3).AddMinutes(-30);
        var late = obligation.CreatedAt - first;
        faults.Check(
            late > -TimeSpan.FromMinutes(91)
                && late < TimeSpan.FromMinutes(190)
                && (obligation.CreatedAt >= period.Created || late > TimeSpan.Zero),
            "created at another time",
            $"{name}: {obligation.CreatedAt:O}, expected {first:O}"
        );
    }

    private void CheckOutcome(Obligation obligation, ExpectedPeriod period, int place, ObligationCheck? hours, string name)
    {
        var measures = expected.Script.Measures.Count;
        var all = measures == 64 ? ulong.MaxValue : (1UL << measures) - 1;
        DateTimeOffset? first = null;
        DateTimeOffset? complete = null;
        var there = 0UL;
        if (received.TryGetValue((obligation.Period.Index, place), out var got))
        {
            (first, there) = (got.First, got.Measures);
            complete = there == all ? got.Last : null;
        }
        if (hours?.Fold(period.Start, place) is { } folded && !(complete <= folded))
        {
            Folded += complete is null ? 1 : 0;
            (first, complete, there) = (first < folded ? first : folded, folded, all);
        }
        if (complete is { } since && obligation.Duty.Frequency == Frequency.Hour)
        {
            var (count, latest) = folds.GetValueOrDefault((period.Start.Date, place));
            folds[(period.Start.Date, place)] = (count + 1, since > latest ? since : latest);
        }
        faults.Check(
            obligation.FirstAt == first && obligation.CompleteAt == complete,
            "received at another time than its figures",
            $"{name}: {obligation.FirstAt:O}..{obligation.CompleteAt:O}, expected {first:O}..{complete:O}"
        );
        var lacks = expected.Script.Measures.Index().Where(of => (there >> of.Index & 1) == 0).Select(of => of.Item.Code);
        faults.Check(
            obligation.Lacks.SequenceEqual(lacks),
            "other measures missing",
            $"{name}: {string.Join(' ', obligation.Lacks)}"
        );
        var state = State(period, first, complete);
        var found = obligation.StateAt(SimulatedWorld.End);
        faults.Check(found == state, "another state", $"{name}: {found}, expected {state}");
        States[found] = States.GetValueOrDefault(found) + 1;
        Rate(obligation, period, place, complete);
    }

    private (int Hours, DateTimeOffset Since)? FoldOf(DateTime day, int place) =>
        folds.TryGetValue((day, place), out var fold) ? fold : null;

    private DateTimeOffset? Fold(DateTime day, int place) => FoldOf(day, place) is (24, var since) ? since : null;

    private static ObligationState State(ExpectedPeriod period, DateTimeOffset? first, DateTimeOffset? complete)
    {
        var now = SimulatedWorld.End;
        if (complete is { } at)
            return IsAfter(at, period.Due) ? ObligationState.ReceivedLate : ObligationState.Received;
        if (first is not null)
            return ObligationState.Partial;
        if (now < period.Opens)
            return ObligationState.Upcoming;
        if (IsAfter(now, period.Due + period.Grace))
            return ObligationState.Missing;
        if (IsAfter(now, period.Due))
            return ObligationState.Overdue;
        return now < period.Due - period.Lead ? ObligationState.Open : ObligationState.DueSoon;
    }

    private void Rate(Obligation obligation, ExpectedPeriod period, int place, DateTimeOffset? complete)
    {
        var agency = $"{obligation.Duty.Set} {obligation.Agency}";
        EngineRates[agency] = EngineRates.GetValueOrDefault(agency).With(obligation, SimulatedWorld.End);
        if (period.Due > SimulatedWorld.End)
            return;
        var isOnTime = complete is { } at && !IsAfter(at, period.Due);
        var wasAsked = !IsAway(obligation, period.Due);
        var sent =
            wasAsked
            && Enumerable.Range(0, expected.Script.Measures.Count).All(of => IsSentBy(obligation.Period, place, of, period.Due));
        var so = Rates.GetValueOrDefault(agency);
        Rates[agency] = (
            so.Expected + 1,
            so.Received + (complete is null ? 0 : 1),
            so.OnTime + (isOnTime ? 1 : 0),
            so.Sent + (sent || isOnTime ? 1 : 0)
        );
        if (sent && !isOnTime)
            LateByUs++;
    }

    // Before we began, while nobody ran over Tết, and while its office was down: nobody could ask in time.
    private static bool IsAway(Obligation obligation, DateTimeOffset due) =>
        due < SimulatedWorld.Start.AddHours(1)
        || due > YearRun.Tet.AddHours(-2) && due < YearRun.Tet.AddDays(3).AddHours(2)
        || obligation.Duty.Set == "lao-cai" && obligation.Agency == Office.Away && Office.IsAway(due);

    private bool IsSentBy(Period period, int place, int of, DateTimeOffset due)
    {
        foreach (var sent in expected.Script.Of(period, place, of))
            return sent.At <= due;
        return false;
    }

    private static bool IsAfter(DateTimeOffset instant, DateTimeOffset deadline) => instant >= deadline.AddSeconds(1);
}
