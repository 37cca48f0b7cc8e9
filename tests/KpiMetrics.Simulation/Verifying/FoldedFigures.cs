using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>The figures of the day that was reported by the hour alone: a flow's is the sum of its hours, whole where all 24 are there.</summary>
internal sealed class FoldedFigures(SimulatedWorld world, ILedger ledger, Faults faults)
{
    /// <returns>How many days were whole.</returns>
    public async Task<int> RunAsync(IReadOnlyList<DutyScript> scripts, CancellationToken cancellationToken)
    {
        var folded = 0;
        var derived = new DerivedFigures(world.Catalog, ledger);
        foreach (var script in scripts.Where(script => script.Duty is { Set: "lao-cai", Frequency: Frequency.Hour }))
        {
            var areas = EmergencyScript.FloodPlaces.Select(place => script.Areas[place].Id).ToList();
            foreach (var measure in script.Measures.Where(measure => measure.Kind == MeasureKind.Flow))
            {
                var query = new FigureQuery("lao-cai", script.Duty.Indicator, measure.Code, areas, Frequency.Day);
                var found = new Dictionary<string, (decimal? Value, int? Hours)>(StringComparer.Ordinal);
                var (from, to) = (EmergencyScript.FoldedDay, EmergencyScript.FoldedDay);
                await foreach (var row in derived.ReadAsync(query, from, to, cancellationToken))
                    found[row.Series.Area] = (row.Derived.Figure.Current.Value.Number, row.Derived.Figure.Computed?.Have);
                var sums = await SumsAsync(query, cancellationToken);
                foreach (var place in EmergencyScript.FloodPlaces)
                {
                    var expected = sums.GetValueOrDefault(script.Areas[place].Id);
                    var day = found.GetValueOrDefault(script.Areas[place].Id);
                    folded += expected.Hours == 24 ? 1 : 0;
                    faults.Check(
                        day == (expected.Sum, expected.Hours),
                        "a day that is not the sum of its hours",
                        $"{measure.Code} {script.Areas[place].Id}: {day}, expected {expected}"
                    );
                }
            }
        }
        return folded;
    }

    // Of what was received, which FigureCheck has held against the script.
    private async Task<Dictionary<string, (decimal Sum, int Hours)>> SumsAsync(
        FigureQuery query,
        CancellationToken cancellationToken
    )
    {
        var sums = new Dictionary<string, (decimal Sum, int Hours)>(StringComparer.Ordinal);
        await foreach (var series in ledger.ReadAsync(query with { Frequency = Frequency.Hour }, cancellationToken))
        {
            foreach (var (hour, statements) in series.Periods)
            {
                if (hour.Start.Date != EmergencyScript.FoldedDay.Start)
                    continue;
                var (sum, hours) = sums.GetValueOrDefault(series.Key.Area);
                sums[series.Key.Area] = (sum + statements[^1].Value.Number.GetValueOrDefault(), hours + 1);
            }
        }
        return sums;
    }
}
