using System.Globalization;
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
            foreach (var (of, measure) in script.Measures.Index().Where(each => each.Item.Kind == MeasureKind.Flow))
            {
                var query = new FigureQuery("lao-cai", script.Duty.Indicator, measure.Code, areas, Frequency.Day);
                var found = new Dictionary<string, (decimal? Value, int? Hours)>(StringComparer.Ordinal);
                var (from, to) = (EmergencyScript.FoldedDay, EmergencyScript.FoldedDay);
                await foreach (var row in derived.ReadAsync(query, from, to, cancellationToken))
                    found[row.Series.Area] = (row.Derived.Figure.Current.Value.Number, row.Derived.Figure.Computed?.Have);
                foreach (var place in EmergencyScript.FloodPlaces)
                {
                    var expected = Sum(script, place, of);
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

    private static (decimal Sum, int Hours) Sum(DutyScript script, int place, int of)
    {
        var (sum, hours) = (0m, 0);
        var start = EmergencyScript.FoldedDay.Start;
        for (var hour = 0; hour < 24; hour++)
        {
            var period = Period.Parse(start.AddHours(hour).ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture));
            var sent = script.Of(period, place, of).ToList();
            if (sent.Count == 0)
                continue;
            sum += decimal.Parse(sent[^1].Value, CultureInfo.InvariantCulture);
            hours++;
        }
        return (sum, hours);
    }
}
