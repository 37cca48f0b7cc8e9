using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Pipeline.Ledger.Sqlite;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.Running;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>Single obligations that can be checked by hand against a wall calendar, and whose fault some late ones were.</summary>
internal sealed class Samples(SqliteLedger ledger, Faults faults)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await DueAsync("lao-cai", "2026-01", LocalTime.At(2026, 2, 5, 17), cancellationToken); // a Thursday
        await DueAsync("lao-cai", "2026-02", LocalTime.At(2026, 3, 5, 17), cancellationToken); // a Thursday
        await DueAsync("lao-cai", "2026-03", LocalTime.At(2026, 4, 6, 17), cancellationToken); // 5 April is a Sunday
        await DueAsync("lao-cai", "2026-08", LocalTime.At(2026, 9, 7, 17), cancellationToken); // 5 September is a Saturday
        await DueAsync("lao-cai", "2026-Q1", LocalTime.At(2026, 4, 6, 17), cancellationToken);
        await DueAsync("lao-cai", "2026-W07", LocalTime.At(2026, 2, 23, 17), cancellationToken); // 9..15 Feb; the 16th is Tết
        await DueAsync("lao-cai", "2026-W08", LocalTime.At(2026, 2, 23, 17), cancellationToken); // 16..22 Feb
        await DueAsync("lao-cai", "2026-W16", LocalTime.At(2026, 4, 20, 17), cancellationToken);
        await DueAsync("lao-cai", "2026-W17", LocalTime.At(2026, 4, 28, 17), cancellationToken); // the 27th is off for the Hùng kings
        await DueAsync("lao-cai", "2026-02-15", LocalTime.At(2026, 2, 16, 9), cancellationToken); // days never roll
        await DueAsync("lao-cai", "2026", LocalTime.At(2027, 1, 5, 17), cancellationToken);
        await DueAsync("bac-ninh", "2026-01", LocalTime.At(2026, 1, 19, 17), cancellationToken); // 15 Dec..14 Jan
        await DueAsync("bac-ninh", "2026-02", LocalTime.At(2026, 2, 23, 17), cancellationToken); // 15 Jan..14 Feb, +5 is the 19th
        await DueAsync("bac-ninh", "2026-Q1", LocalTime.At(2026, 3, 19, 17), cancellationToken);
        await DueAsync("cchc", "2026-S1", LocalTime.At(2026, 6, 19, 17), cancellationToken);
        await DueAsync("cchc", "2026", LocalTime.At(2026, 12, 21, 17), cancellationToken); // 19 December is a Saturday
        await BlameAsync(cancellationToken);
    }

    private async Task DueAsync(string set, string name, DateTimeOffset due, CancellationToken cancellationToken)
    {
        var period = Period.Parse(name);
        var query = new ObligationQuery(set, Frequency: period.Frequency, From: period, To: period);
        var count = 0;
        await foreach (var obligation in ledger.ReadAsync(query, cancellationToken))
        {
            count++;
            faults.Check(obligation.Times.Due == due, "a due instant known by hand", $"{set} {name}: {obligation.Times.Due:O}");
        }
        faults.Check(count > 0, "a sample is missing", $"{set} {name}");
    }

    // Nobody asked for the days of Tết while we were away: our fault. In July the office was away: the source's.
    private async Task BlameAsync(CancellationToken cancellationToken)
    {
        await BlameAsync("2026-02-16", Blame.Us, _ => true, cancellationToken);
        await BlameAsync("2026-02-17", Blame.Us, _ => true, cancellationToken);
        await BlameAsync("2026-07-06", Blame.Source, obligation => obligation.Agency == Office.Away, cancellationToken);
        await BlameAsync("2026-07-07", Blame.Source, obligation => obligation.Agency == Office.Away, cancellationToken);
        // Created late, due when it always was: DueAsync and the calendar's check hold the instants.
        var late = Period.Parse("2026-02-20");
        await foreach (
            var obligation in ledger.ReadAsync(
                new ObligationQuery("lao-cai", Frequency: Frequency.Day, From: late, To: late),
                cancellationToken
            )
        )
            faults.Check(
                obligation.CreatedAt >= YearRun.Tet.AddDays(3).AddMinutes(-30),
                "created while nothing ran",
                $"{obligation.Duty} {obligation.Period} {obligation.CreatedAt:O}"
            );
    }

    private async Task BlameAsync(string name, Blame blame, Func<Obligation, bool> of, CancellationToken cancellationToken)
    {
        var period = Period.Parse(name);
        var askings = new Dictionary<Duty, IReadOnlyList<Asking>>();
        var late = 0;
        await foreach (
            var obligation in ledger.ReadAsync(
                new ObligationQuery("lao-cai", Frequency: period.Frequency, From: period, To: period),
                cancellationToken
            )
        )
        {
            // What never came is the reporter's whoever was away.
            if (!of(obligation) || obligation.CompleteAt is null || !obligation.IsLateAt(SimulatedWorld.End))
                continue;
            late++;
            if (!askings.TryGetValue(obligation.Duty, out var asked))
                askings[obligation.Duty] = asked = await ledger.ReadAskingsAsync(
                    obligation.Duty,
                    period,
                    period,
                    cancellationToken
                );
            var found = Blaming.Of(obligation, asked, SimulatedWorld.End);
            faults.Check(
                found == blame,
                "blamed another",
                $"{obligation.Duty} {name} {obligation.Area}: {found}, expected {blame}"
            );
        }
        faults.Check(late > 0, "nothing was late", $"{name}");
    }
}
