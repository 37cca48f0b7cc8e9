using KpiMetrics.Core.Obligations;
using KpiMetrics.Core.Periods;

namespace KpiMetrics.Pipeline.Ledger.Reports;

/// <summary>
/// Works out anew what became of obligations, from the statements as they are: in the transaction that brings these, so that the two never disagree.
/// A store only reads and writes, many rows at a time.
/// </summary>
internal abstract class FulfilmentUpdate
{
    // So many are held in memory at a time.
    private const int AtOnce = 1_000;

    /// <summary>Passes over those that are no obligations.</summary>
    public async Task UpdateAsync(
        IReadOnlyCollection<(Duty Duty, int Period, string Area)> changed,
        CancellationToken cancellationToken
    )
    {
        // Days last: they follow from their hours.
        var days = changed.Where(IsDay).ToHashSet();
        foreach (var some in changed.Where(one => !IsDay(one)).OrderBy(Order).Chunk(AtOnce))
        {
            foreach (var row in await UpdateSomeAsync(some, cancellationToken))
            {
                if (row.Whole is { } day)
                    days.Add((row.Duty with { Frequency = Frequency.Day }, day, row.Area));
            }
        }
        foreach (var some in days.OrderBy(Order).Chunk(AtOnce))
            await UpdateSomeAsync(some, cancellationToken);
    }

    /// <summary>Those of them that are obligations, in any order.</summary>
    protected abstract Task<IReadOnlyList<ObligationRow>> FindAsync(
        IReadOnlyList<(Duty Duty, int Period, string Area)> keys,
        CancellationToken cancellationToken
    );

    /// <summary>For each obligation all statements of its duty, area and period.</summary>
    protected abstract Task<ILookup<ObligationRow, MeasureStatement>> StatementsAsync(
        IReadOnlyList<ObligationRow> obligations,
        CancellationToken cancellationToken
    );

    /// <summary>For each day what became of the hours that fold into it.</summary>
    protected abstract Task<IReadOnlyDictionary<ObligationRow, HoursOfDay>> HoursAsync(
        IReadOnlyList<ObligationRow> days,
        CancellationToken cancellationToken
    );

    protected abstract Task WriteAsync(
        IReadOnlyList<(ObligationRow Obligation, FulfilmentState State)> states,
        CancellationToken cancellationToken
    );

    /// <summary>A day may begin in the evening before: its hours lie somewhere in two days.</summary>
    protected static (int First, int Last) HoursAround(ObligationRow day)
    {
        var start = Period.At(Frequency.Hour, Period.FromIndex(Frequency.Day, day.Period).Start).Index;
        return (start - 24, start + 48);
    }

    private async Task<IReadOnlyList<ObligationRow>> UpdateSomeAsync(
        (Duty Duty, int Period, string Area)[] keys,
        CancellationToken cancellationToken
    )
    {
        var found = await FindAsync(keys, cancellationToken);
        if (found.Count == 0)
            return found;
        var statements = await StatementsAsync(found, cancellationToken);
        var folding = found.Where(row => row.Parts > 0).ToList();
        var hours =
            folding.Count > 0 ? await HoursAsync(folding, cancellationToken) : new Dictionary<ObligationRow, HoursOfDay>();
        var states = new List<(ObligationRow, FulfilmentState)>(found.Count);
        foreach (var row in found)
        {
            var reported = FulfilmentRule.Of(row.Needs.Split(' '), statements[row]);
            states.Add((row, FulfilmentRule.Fold(reported, row.Parts, hours.GetValueOrDefault(row))));
        }
        await WriteAsync(states, cancellationToken);
        return found;
    }

    private static bool IsDay((Duty Duty, int Period, string Area) key) => key.Duty.Frequency == Frequency.Day;

    private static (string, string, string, int) Order((Duty Duty, int Period, string Area) key) =>
        (key.Duty.Indicator, key.Duty.Frequency.Code(), key.Area, key.Period);
}
