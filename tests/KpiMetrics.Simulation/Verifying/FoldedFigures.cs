using System.Globalization;
using KpiMetrics.Core.Catalog;
using KpiMetrics.Core.Periods;
using KpiMetrics.Pipeline.Derivation;
using KpiMetrics.Pipeline.Ledger;
using KpiMetrics.Simulation.Offices;
using KpiMetrics.Simulation.World;

namespace KpiMetrics.Simulation.Verifying;

/// <summary>The figures of the day that was reported by the hour alone: a flow's is the sum of its 24 hours, and there is none where an hour is missing.</summary>
internal sealed class FoldedFigures(SimulatedWorld world, ILedger ledger, Faults faults)
{
    /// <returns>How many days had a figure.</returns>
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
                var found = new Dictionary<string, decimal?>(StringComparer.Ordinal);
                var (from, to) = (EmergencyScript.FoldedDay, EmergencyScript.FoldedDay);
                await foreach (var row in derived.ReadAsync(query, from, to, cancellationToken))
                    found[row.Series.Area] = row.Derived.Figure.Current.Value.Number;
                foreach (var place in EmergencyScript.FloodPlaces)
                {
                    var expected = Sum(script, place, of);
                    var value = found.GetValueOrDefault(script.Areas[place].Id);
                    folded += expected is null ? 0 : 1;
                    faults.Check(
                        value == expected,
                        "a day that is not the sum of its hours",
                        $"{measure.Code} {script.Areas[place].Id}: {value}, expected {expected}"
                    );
                }
            }
        }
        return folded;
    }

    private static decimal? Sum(DutyScript script, int place, int of)
    {
        decimal? sum = 0;
        var start = EmergencyScript.FoldedDay.Start;
        for (var hour = 0; hour < 24; hour++)
        {
            var period = Period.Parse(start.AddHours(hour).ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture));
            var sent = script.Of(period, place, of).ToList();
            sum = sent.Count == 0 ? null : sum + decimal.Parse(sent[^1].Value, CultureInfo.InvariantCulture);
        }
        return sum;
    }
}
