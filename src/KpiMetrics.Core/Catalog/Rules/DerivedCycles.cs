namespace KpiMetrics.Core.Catalog.Rules;

/// <summary>No measure is, by way of others, computed from itself. Each circle is reported once; a measure that names itself is not one.</summary>
public sealed class DerivedCycles : ICatalogRule
{
    public IEnumerable<RuleFault> Check(IndicatorSet set)
    {
        var derived = set
            .Measures.Where(measure => measure.Derived is not null)
            .DistinctBy(measure => measure.Code, StringComparer.Ordinal)
            .ToDictionary(measure => measure.Code, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<RuleFault>();
        foreach (var start in derived.Keys)
            Walk(start, derived, done, faults);
        return faults;
    }

    // Depth first with a path of its own: a chain as long as the set must not exhaust the stack.
    private static void Walk(string start, Dictionary<string, Measure> derived, HashSet<string> done, List<RuleFault> faults)
    {
        var path = new List<(string Code, Queue<string> Ahead)>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        Enter(start);
        while (path.Count > 0)
        {
            var (code, ahead) = path[^1];
            if (!ahead.TryDequeue(out var input))
            {
                path.RemoveAt(path.Count - 1);
                places.Remove(code);
            }
            else if (!places.TryGetValue(input, out var at))
            {
                Enter(input);
            }
            else if (input != code)
            {
                faults.Add(Circle(derived[input], [.. path.Skip(at).Select(step => step.Code), input]));
            }
        }

        void Enter(string code)
        {
            if (!derived.TryGetValue(code, out var measure) || measure.Derived is not { } how || !done.Add(code))
                return;
            places[code] = path.Count;
            path.Add((code, new Queue<string>(how.Inputs)));
        }
    }

    private static RuleFault Circle(Measure measure, IEnumerable<string> codes) =>
        new(measure, $"a measure is computed from itself: {string.Join(" <- ", codes)}", "derived");
}
